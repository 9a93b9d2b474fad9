const states = new WeakMap()

export default function ({ data, parentElement, setTriggerValue }) {
  const frame = parentElement.querySelector(".frame")
  const state = states.get(frame) ?? {}
  states.set(frame, state)
  state.send = setTriggerValue
  const drawn = JSON.stringify(data)
  if (state.drawn === drawn) return
  state.drawn = drawn
  const { scrollLeft } = frame
  const table = element("table")
  table.append(element("caption", { textContent: data.caption }))
  const row = (cells, number) => {
    const line = element("tr")
    line.append(...cells.map((cell, column) => drawCell(cell, number, column, state)))
    return line
  }
  table.appendChild(element("thead")).append(row(data.head, -1))
  table.appendChild(element("tbody")).append(...data.rows.map(row))
  redraw(frame, table)
  // Its parts that are out of sight can be reached by arrow keys.
  frame.tabIndex = 0
  frame.setAttribute("role", "region")
  frame.setAttribute("aria-label", data.caption)
  frame.scrollLeft = scrollLeft
}

function classOf(cell) {
  const names = { number: cell.is_number, group: cell.is_open !== null, below: cell.is_below }
  return Object.keys(names).filter((name) => names[name]).join(" ")
}

function drawCell(cell, row, column, state) {
  const isHead = row < 0 || column === 0
  const box = element(isHead ? "th" : "td", { className: classOf(cell) })
  if (isHead) box.scope = row < 0 ? "col" : "row"
  if (cell.shade) box.style.setProperty("--shade", `${Math.round(8 + 37 * cell.shade)}%`)
  if (cell.href) {
    const follow = () => state.send("followed", [row, column])
    const link = box.appendChild(drawLink(cell.text, cell.href, `${row}:${column}`, follow))
    if (cell.name) link.setAttribute("aria-label", cell.name)
    if (cell.is_open !== null) link.setAttribute("aria-expanded", cell.is_open)
  } else if (cell.name) {
    const shown = element("span", { textContent: cell.text, title: cell.name })
    shown.setAttribute("aria-hidden", "true")
    box.append(shown, element("span", { className: "heard", textContent: cell.name }))
  } else {
    box.append(cell.text)
  }
  return box
}
