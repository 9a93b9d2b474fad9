const states = new WeakMap()

export default function ({ data, parentElement, setTriggerValue }) {
  const root = parentElement.querySelector(".multiples")
  const state = states.get(root) ?? {}
  states.set(root, state)
  state.send = setTriggerValue
  const drawn = JSON.stringify(data)
  if (state.drawn === drawn) return
  state.drawn = drawn
  redraw(root, ...data.cards.map((card, number) => drawCard(card, number, data.action, state)))
}

function drawCard(card, number, action, state) {
  const section = element("section", { className: "card" })
  section.setAttribute("aria-label", card.title)
  const heading = section.appendChild(element("h3"))
  heading.append(drawLink(card.title, card.href, `card:${number}`, () => state.send("compared", number)))
  section.append(element("p", { className: "note", textContent: card.subtitle }))
  let list, group
  for (const line of card.lines) {
    if (!list || line.group !== group) {
      group = line.group
      if (group) section.append(element("h4", { textContent: group }))
      list = section.appendChild(element("ul"))
    }
    list.append(drawLine(line, action, state))
  }
  if (card.more) {
    const more = section.appendChild(element("p"))
    more.append(drawLink(card.more, card.href, `more:${number}`, () => state.send("compared", number)))
  }
  if (card.missing) section.append(element("p", { className: "note missing", textContent: card.missing }))
  return section
}

function drawLine(line, action, state) {
  const item = element("li", { className: line.is_muted ? "muted" : "" })
  const name = element("span", { className: "name" })
  name.append(element("b", { textContent: line.region }))
  const detail = [line.subject, line.period].filter(Boolean).join(" · ")
  name.append(element("span", { className: "detail", textContent: detail, title: detail }))
  const value = element("button", { type: "button", className: "value", textContent: line.value })
  value.dataset.key = `value:${line.id}`
  value.setAttribute("aria-label", [line.region, detail, line.value, action].filter(Boolean).join(" "))
  value.onclick = () => state.send("read", line.id)
  const track = element("span", { className: "track" })
  track.setAttribute("aria-hidden", "true")
  track.style.setProperty("--colour", line.colour)
  track.append(place("zero", line.zero))
  for (const stroke of line.strokes) {
    const piece = place(`stroke ${stroke.style}`, stroke.left)
    piece.style.width = `${stroke.width}%`
    track.append(piece)
  }
  for (const spot of line.spots) track.append(place(`spot ${spot.shape}`, spot.left))
  item.append(name, value, track)
  return item
}

function place(className, left) {
  const piece = element("span", { className })
  piece.style.left = `${left}%`
  return piece
}
