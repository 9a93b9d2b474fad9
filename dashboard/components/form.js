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
}

function listen(form, send) {
  const sendChange = () => {
    const at = Math.max(Date.now(), (changes.get(form) ?? 0) + 1)
    changes.set(form, at)
    send("changed", { at, values: read(form) })
  }
  form.onsubmit = (event) => event.preventDefault()
  form.onchange = ({ target }) => "name" in target.dataset && sendChange()
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
      if (input.checked) values[name].push(input.value)
    } else if (input.type !== "radio" || input.checked) {
      values[name] = input.value
    }
  }
  return values
}

// Only the values that hold what is typed stay in the list.
function find(input) {
  const wanted = input.value.trim().toLowerCase()
  const list = input.parentElement.querySelector(".list")
  for (const label of list.children) label.hidden = !label.textContent.toLowerCase().includes(wanted)
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
    if (part.choices.length > LONG) {
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
  return part.choices.map(({ value, text, count }) => {
    const settings = { type, value, defaultChecked: chosen.has(value) }
    const input = control("input", type === "radio" ? { ...settings, name: part.name } : settings, { name: part.name })
    const label = element("label", {}, input, element("span", { className: "text", textContent: text }))
    if (count !== null) label.append(element("span", { className: "count", textContent: count }))
    label.key = value
    return label
  })
}

function drawSelect(choices, chosen, data) {
  const select = control("select", {}, data)
  select.append(...choices.map(({ text, value }) => new Option(text, value, value === chosen, value === chosen)))
  return select
}

function labelled(className, text, control) {
  return element("label", { className }, element("span", { textContent: text }), control)
}

function foldable(title, isOpen, content) {
  const summary = element("summary", {}, element("span", { textContent: title }))
  return element("details", { open: isOpen }, summary, content)
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
