const drawn = new WeakMap()

export default function ({ data, parentElement, setTriggerValue }) {
  const root = parentElement.querySelector(".figures")
  const now = JSON.stringify(data)
  if (drawn.get(root) === now) return
  drawn.set(root, now)
  const parts = data.themes.length ? [drawTable(data, setTriggerValue)] : []
  if (data.absent.length || data.rarely.length) parts.push(...drawAbsent(data, setTriggerValue))
  redraw(root, ...parts)
}

function drawTable({ themes, words }, send) {
  const table = element("table")
  table.append(element("caption", { textContent: words.caption }))
  const head = element("tr")
  for (const name of ["name", "value", "place"])
    head.append(element("th", { scope: "col", className: name, textContent: words[name] }))
  table.append(element("thead", {}, head))
  for (const theme of themes) {
    const label = element("th", { scope: "rowgroup", colSpan: 3, textContent: theme.label })
    table.append(element("tbody", {}, element("tr", {}, label), ...theme.figures.map((it) => drawRow(it, words, send))))
  }
  return table
}

function drawRow(figure, words, send) {
  const name = element("th", { scope: "row" }, drawLink(figure.name, figure.href, figure.id, () => send("compared", figure.id)))
  if (figure.details) name.append(element("div", { className: "details", textContent: figure.details }))
  const value = element("button", { type: "button", textContent: figure.value, title: words.open })
  value.onclick = () => send("opened", figure.id)
  const place = element("td", { className: "place", textContent: figure.place })
  if (figure.share !== null) {
    const length = element("div")
    length.style.width = `${100 * figure.share}%`
    place.append(element("div", { className: "bar", ariaHidden: "true" }, length))
  }
  return element("tr", {}, name, element("td", { className: "value" }, value), place)
}

function drawAbsent({ absent, rarely, words }, send) {
  const list = (entries) =>
    element("ul", {}, ...entries.map((entry) => {
      const link = drawLink(entry.name, entry.href, entry.indicator, () => send("absent", entry.indicator))
      return element("li", {}, link, ` ${entry.regions}`)
    }))
  const parts = [element("h3", { textContent: words.absent })]
  if (absent.length) parts.push(list(absent))
  if (rarely.length)
    parts.push(element("details", { open: !absent.length }, element("summary", { textContent: words.rarely }), list(rarely)))
  return parts
}
