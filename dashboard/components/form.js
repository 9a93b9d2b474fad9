// What each form shows, or is about to show.
const states = new WeakMap()
// When each form sent its last change, in milliseconds.
const changes = new WeakMap()
// A list this long can be searched.
const LONG = 15
// An answer that took so long will not come: the session was lost.
const PATIENCE = 30_000

export default function ({ data, parentElement, setTriggerValue }) {
  const form = parentElement.querySelector(".form")
  const isNew = !states.has(form)
  if (states.get(form)?.parts === data.parts || isLate(form, data.answered)) return
  states.set(form, data)
  if (isNew) {
    update(form)
    listen(form, setTriggerValue)
  } else {
    // The figures that change with it come first; a click may come before both.
    setTimeout(() => (isLate(form, states.get(form).answered) ? states.set(form, {}) : update(form)))
  }
}

// The answer to an earlier change would take the later one back, and the next click would send the form without it.
function isLate(form, answered) {
  const sent = changes.get(form) ?? 0
  return answered < sent && Date.now() - sent < PATIENCE
}

function update(form) {
  morphChildren(form, element("form", {}, ...JSON.parse(states.get(form).parts).map(drawPart)))
  for (const input of form.querySelectorAll("[data-find]")) find(input)
  for (const section of form.querySelectorAll(".section")) markHead(section)
}

function listen(form, send) {
  const sendChange = () => {
    const at = Math.max(Date.now(), (changes.get(form) ?? 0) + 1)
    changes.set(form, at)
    send("changed", { at, values: read(form) })
  }
  form.onsubmit = (event) => event.preventDefault()
  form.onchange = ({ target }) => {
    if (!("name" in target.dataset)) return
    const section = target.closest(".section")
    if (section) agree(section, target)
    sendChange()
  }
  form.oninput = ({ target }) => {
    if ("find" in target.dataset) find(target)
    // The cross that empties a search.
    else if (target.type === "search" && !target.value) sendChange()
  }
  form.onclick = ({ target }) => {
    const button = target.closest("button")
    if (!button) return
    const { press } = button.dataset
    const menu = button.parentElement.querySelector("[data-menu]")
    if (!menu || press !== menu.dataset.menu) send("pressed", press)
    else if (menu.value) send("pressed", `${press}:${menu.value}`)
  }
}

function read(form) {
  // A list without values is still a list.
  const values = Object.fromEntries([...form.querySelectorAll("[data-list]")].map((list) => [list.dataset.list, []]))
  for (const input of form.querySelectorAll("[data-name]")) {
    const { name } = input.dataset
    if (input.type === "checkbox") {
      if (input.checked && !isCovered(input)) values[name].push(input.value)
    } else if (input.type !== "radio" || input.checked) {
      values[name] = input.value
    }
  }
  return values
}

// The head of a section, and what stands below it.
function partsOf(section) {
  const [head, ...below] = section.querySelectorAll("input")
  return { head, below }
}

// What stands below a head that is chosen is not said by itself.
function isCovered(input) {
  const section = input.closest(".section")
  return section && partsOf(section).head !== input && partsOf(section).head.checked
}

// A head stands for all below it, and for nothing else.
function agree(section, changed) {
  const { head, below } = partsOf(section)
  if (changed === head) for (const input of below) input.checked = head.checked
  else if (!changed.checked) head.checked = false
  markHead(section)
}

function markHead(section) {
  const { head, below } = partsOf(section)
  head.indeterminate = !head.checked && below.some((input) => input.checked)
}

// Only the values that hold what is typed stay in the list; those below a head that holds it stay with it.
function find(input) {
  const wanted = input.value.trim().toLowerCase()
  const holds = (label) => label.textContent.toLowerCase().includes(wanted)
  for (const part of input.parentElement.querySelector(".list").children) {
    if (part.nodeName === "LABEL") {
      part.hidden = !holds(part)
      continue
    }
    const [head, ...below] = part.querySelectorAll("label")
    for (const label of below) label.hidden = !holds(head) && !holds(label)
    const isBelow = below.some(holds)
    part.hidden = !holds(head) && !isBelow
    if (wanted && isBelow) part.querySelector("details").open = true
  }
}

const draw = {
  text: (part) => element("p", { className: part.is_strong ? "strong" : "note", textContent: part.text }),

  row: (part) => element("div", { className: "row" }, ...part.parts.map(drawPart)),

  fold: (part) => foldable(part.title, false, element("div", { className: "panel" }, ...part.parts.map(drawPart))),

  search(part) {
    const settings = { type: "search", defaultValue: part.value, placeholder: part.hint, maxLength: part.most }
    return labelled("search", part.label, control("input", settings, { name: part.name }))
  },

  checks(part) {
    const list = element("div", { className: "list", role: "group", ariaLabel: part.label }, ...drawOptions(part, "checkbox"))
    list.dataset.list = part.name
    const fold = foldable(part.label, part.is_open || part.chosen.length > 0, list)
    if (part.chosen.length) {
      fold.firstChild.append(element("b", { className: "badge", textContent: part.chosen.length }))
    }
    if (list.querySelectorAll("label").length > LONG) {
      const settings = { type: "search", placeholder: part.find, ariaLabel: `${part.find} ${part.label}` }
      fold.insertBefore(control("input", settings, { find: part.name }), list)
    }
    return fold
  },

  radios(part) {
    const legend = element("legend", { textContent: part.label })
    const segments = element("div", { className: "segments" }, ...drawOptions(part, "radio"))
    return element("fieldset", { className: "radios", disabled: part.is_off, title: part.help }, legend, segments)
  },

  pick: (part) => labelled("pick", part.label, drawSelect(part.choices, part.chosen, { name: part.name })),

  menu(part) {
    const select = drawSelect([{ text: part.hint, value: "" }, ...part.choices], "", { menu: part.name })
    const button = control("button", { type: "button", textContent: part.action }, { press: part.name })
    return element("div", { className: "menu" }, labelled("pick", part.label, select), button)
  },

  button(part) {
    const settings = { type: "button", className: part.look, textContent: part.text, title: part.help }
    return control("button", settings, { press: part.name })
  },
}

function drawPart(part) {
  const drawn = draw[part.kind](part)
  drawn.key = `${part.kind}:${part.name ?? ""}`
  return drawn
}

function drawOptions(part, type) {
  const chosen = new Set([part.chosen].flat())
  return part.choices.map((choice) =>
    choice.kind === "section" ? drawSection(choice, part, chosen) : drawOption(choice, part, type, chosen.has(choice.value)),
  )
}

function drawOption({ value, text, count }, part, type, isChosen) {
  const settings = { type, value, defaultChecked: isChosen }
  const input = control("input", type === "radio" ? { ...settings, name: part.name } : settings, { name: part.name })
  const label = element("label", {}, input, element("span", { className: "text", textContent: text }))
  if (count !== null) label.append(element("span", { className: "count", textContent: count }))
  label.key = value
  return label
}

function drawSection({ head, choices, title }, part, chosen) {
  const isWhole = chosen.has(head.value)
  const below = choices.map((choice) => drawOption(choice, part, "checkbox", isWhole || chosen.has(choice.value)))
  const fold = foldable("", !isWhole && choices.some(({ value }) => chosen.has(value)), ...below)
  fold.firstChild.ariaLabel = title
  const section = element("div", { className: "section" }, drawOption(head, part, "checkbox", isWhole), fold)
  section.key = `section:${head.value}`
  return section
}

function drawSelect(choices, chosen, data) {
  const select = control("select", {}, data)
  select.append(...choices.map(({ text, value }) => new Option(text, value, value === chosen, value === chosen)))
  return select
}

function labelled(className, text, control) {
  return element("label", { className }, element("span", { textContent: text }), control)
}

function foldable(title, isOpen, ...content) {
  const summary = element("summary", {}, element("span", { textContent: title }))
  return element("details", { open: isOpen }, summary, ...content)
}

function control(tag, properties, data) {
  const made = element(tag, properties)
  Object.assign(made.dataset, data)
  return made
}

// What stands is changed, not built anew: a click under way, focus, scrolling and what was opened outlive it.
function morph(old, fresh) {
  if (old.nodeType === Node.TEXT_NODE) {
    if (old.data !== fresh.data) old.data = fresh.data
    return
  }
  for (const { name, value } of fresh.attributes) {
    if (name !== "open" && old.getAttribute(name) !== value) old.setAttribute(name, value)
  }
  for (const { name } of [...old.attributes]) {
    if (!["open", "hidden"].includes(name) && !fresh.hasAttribute(name)) old.removeAttribute(name)
  }
  morphChildren(old, fresh)
  if (old.type === "checkbox" || old.type === "radio") old.checked = fresh.checked
  // What is being typed is left alone.
  else if (old.hasAttribute("data-name") && old.getRootNode().activeElement !== old) old.value = fresh.value
}

function morphChildren(old, fresh) {
  if (fresh.children.length) {
    const wanted = new Set(Array.from(fresh.children, keyOf))
    for (const child of [...old.children]) if (!wanted.has(keyOf(child))) child.remove()
  }
  let place = old.firstChild
  for (const child of [...fresh.childNodes]) {
    if (place && place.nodeName === child.nodeName && keyOf(place) === keyOf(child)) {
      const next = place.nextSibling
      morph(place, child)
      place = next
    } else {
      old.insertBefore(child, place)
    }
  }
  while (place) {
    const next = place.nextSibling
    place.remove()
    place = next
  }
}

function keyOf(node) {
  return node.key ?? node.nodeName
}
