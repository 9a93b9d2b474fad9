const states = new WeakMap()

export default function ({ data, parentElement, setTriggerValue }) {
  const report = parentElement.querySelector(".report")
  const state = states.get(report) ?? { only: false, drawn: "", chosen: "" }
  states.set(report, state)
  Object.assign(state, { data, report, send: setTriggerValue })
  const drawn = JSON.stringify([data.pieces, data.marks, data.themes, data.words])
  if (state.drawn !== drawn) draw(state)
  state.drawn = drawn
  if (data.selected && data.selected !== state.chosen) requestAnimationFrame(() => choose(state, data.selected))
}

// Focus and scroll position outlive it.
function draw(state) {
  const { report, data } = state
  const top = state.text?.scrollTop ?? 0
  state.text = drawText(state)
  state.tip = element("div", { className: "tip", id: "tip", hidden: true })
  state.tip.setAttribute("role", "tooltip")
  redraw(report, drawLegend(state), drawBar(state), state.text, state.tip)
  state.text.scrollTop = top
  if (state.chosen) show(state, data.marks.findIndex((mark) => mark.id === state.chosen))
}

function drawLegend(state) {
  const legend = element("div", { className: "legend" })
  legend.setAttribute("role", "group")
  legend.setAttribute("aria-label", state.data.words.legend)
  for (const theme of state.data.themes) {
    const entry = element("button", { className: "entry", type: "button", title: state.data.words.filter })
    entry.dataset.key = `theme:${theme.number}`
    entry.setAttribute("aria-pressed", theme.is_pressed)
    const swatch = element("span", { className: "swatch", textContent: theme.number })
    swatch.style.setProperty("--n", theme.number)
    entry.append(swatch, theme.label, element("span", { className: "count", textContent: theme.count }))
    entry.onclick = () => state.send("theme", theme.theme)
    legend.append(entry)
  }
  return legend
}

function drawBar(state) {
  const { words, marks } = state.data
  const bar = (state.bar = element("div", { className: "bar" }))
  const step = (name, by) => {
    const button = element("button", { type: "button", textContent: words[name], disabled: !state.order.length })
    button.dataset.key = name
    button.onclick = () => move(state, by)
    return button
  }
  state.place = element("span", { className: "place", textContent: words.place.replace("{place}", "–") })
  state.detail = element("div", { className: "chosen", textContent: words.hint })
  state.detail.setAttribute("aria-live", "polite")
  bar.append(step("previous", -1), state.place, step("next", 1))
  if (marks.some((mark) => mark.is_pale)) bar.append(drawSwitch(state))
  if (words.quote) bar.append(drawQuote(state))
  bar.append(state.detail)
  return bar
}

function drawSwitch(state) {
  const box = element("input", { type: "checkbox", checked: state.only })
  box.dataset.key = "only"
  box.onchange = () => {
    state.only = box.checked
    draw(state)
  }
  const label = element("label")
  label.append(box, state.data.words.only)
  return label
}

// Words of the text that the reader has selected, for the app to make something of.
function drawQuote(state) {
  const button = element("button", { type: "button", textContent: state.data.words.quote })
  button.dataset.key = "quote"
  // A press would take the selection away.
  button.onmousedown = (event) => event.preventDefault()
  button.onclick = () => {
    const selection = state.report.getRootNode().getSelection?.() ?? document.getSelection()
    const selected = selection?.rangeCount ? selection.getRangeAt(0) : null
    if (!selected || !state.text.contains(selected.commonAncestorContainer)) return state.send("quoted", "0:0")
    const before = document.createRange()
    before.selectNodeContents(state.text)
    before.setEnd(selected.startContainer, selected.startOffset)
    // In characters, as the app counts them, and not in halves of some.
    const [start, length] = [before, selected].map((range) => [...range.toString()].length)
    state.send("quoted", `${start}:${length}`)
  }
  return button
}

// A paragraph a line; ``elements`` are each mark's first stretch, ``order`` the marks to step through.
function drawText(state) {
  const { pieces, marks, words } = state.data
  const text = element("div", { className: "text", lang: "zh-CN", tabIndex: 0 })
  text.setAttribute("role", "region")
  text.setAttribute("aria-label", words.text)
  state.elements = new Map()
  let paragraph = text.appendChild(element("p"))
  for (const piece of pieces) {
    const [content, ...covering] = typeof piece === "string" ? [piece] : piece
    const first = covering.find((place) => !(state.only && marks[place].is_pale))
    if (first !== undefined) {
      const link = paragraph.appendChild(drawMark(state, content, first, covering))
      for (const place of covering) if (!state.elements.has(place)) state.elements.set(place, link)
      continue
    }
    content.replace(/\r\n?/g, "\n").split("\n").forEach((line, number) => {
      if (number) paragraph = text.appendChild(element("p"))
      paragraph.append(line)
    })
  }
  state.order = [...state.elements.keys()].filter((place) => !marks[place].is_pale)
  return text
}

function drawMark(state, content, place, covering) {
  const mark = state.data.marks[place]
  const link = drawLink(content, mark.href, `mark:${place}`, () => state.send("compared", mark.id))
  link.className = mark.is_pale ? "mark pale" : "mark"
  link.dataset.n = mark.theme
  link.style.setProperty("--n", mark.theme)
  link.onmouseenter = () => explain(state, link, covering)
  link.onmouseleave = () => (state.tip.hidden = true)
  link.onfocus = () => {
    show(state, place)
    if (link.matches(":focus-visible")) explain(state, link, covering)
  }
  link.onblur = () => (state.tip.hidden = true)
  link.onkeydown = (event) => {
    if (event.key === "Escape") state.tip.hidden = true
  }
  return link
}

function explain(state, link, covering) {
  const { marks, words } = state.data
  const lines = covering.flatMap((place) => [marks[place].value, ...marks[place].details])
  state.tip.replaceChildren(...lines.map((textContent) => element("div", { textContent })))
  state.tip.append(element("div", { className: "action", textContent: words.action }))
  link.setAttribute("aria-describedby", "tip")
  state.tip.hidden = false
  const at = link.getClientRects()[0]
  const frame = state.report.getBoundingClientRect()
  const isLow = at.bottom + state.tip.offsetHeight + 12 > window.innerHeight
  const left = Math.min(at.left - frame.left, frame.width - state.tip.offsetWidth)
  state.tip.style.left = `${Math.max(0, left)}px`
  state.tip.style.top = `${isLow ? at.top - frame.top - state.tip.offsetHeight - 6 : at.bottom - frame.top + 6}px`
}

function move(state, by) {
  const now = state.data.marks.findIndex((mark) => mark.id === state.chosen)
  const all = [...state.elements.keys()]
  const from = all.indexOf(now)
  const ahead = state.order.filter((place) => (by > 0 ? all.indexOf(place) > from : all.indexOf(place) < from))
  const next = by > 0 ? (ahead[0] ?? state.order[0]) : (ahead.at(-1) ?? state.order.at(-1))
  choose(state, state.data.marks[next].id)
  state.send("selected", state.chosen)
}

function choose(state, id) {
  const place = state.data.marks.findIndex((mark) => mark.id === id)
  show(state, place)
  const link = state.elements.get(place)
  if (!link) return
  state.text.scrollTop = link.offsetTop - state.text.clientHeight / 2
  if (!state.data.is_beside) state.bar.scrollIntoView({ block: "start" })
}

function show(state, place) {
  const mark = state.data.marks[place]
  if (!mark) return
  const { words } = state.data
  state.chosen = mark.id
  state.text.querySelector(".selected")?.classList.remove("selected")
  state.elements.get(place)?.classList.add("selected")
  const number = state.order.indexOf(place)
  state.place.textContent = words.place.replace("{place}", number < 0 ? "–" : number + 1)
  const details = element("span", { textContent: mark.details.length ? ` · ${mark.details.join(" · ")}` : "" })
  state.detail.replaceChildren(element("span", { className: "value", textContent: mark.value }), details)
  const lead = (name, href) => drawLink(words[name], href, name, () => state.send(name, mark.id))
  if (mark.href) state.detail.append(lead("compared", mark.href))
  if (mark.about) state.detail.append(lead("explained", mark.about))
}
