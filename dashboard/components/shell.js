// Single keys pressed anywhere on the page, but where a reader types or while a dialog is open.
const TYPING = "input:not([type=radio], [type=checkbox]), select, textarea, [contenteditable], [role=textbox], [role=combobox], [role=listbox], [role=menu]"
const FOCUSABLE = "a[href], button, input, select, [tabindex]"
const DIALOG = "[role=dialog]"
// A Chinese keyboard's question mark.
const SAME = { "？": "?" }

// What was clicked, or pressed by a key, before a dialog.
let opener
let hadDialog = false

export default function ({ data, parentElement, setTriggerValue }) {
  const keys = new Set(data.keys)
  document.documentElement.lang = data.language
  const { query } = data.address
  if (query) history.replaceState(history.state, "", `?${query}`)
  const { text, link, href } = data.foot
  const anchor = element("a", { textContent: link, href, target: "_blank", rel: "noopener" })
  // What a press means from now on.
  parentElement.querySelector(".foot").dataset.subject = data.subject
  parentElement.querySelector(".foot").replaceChildren(`${text} · `, anchor)

  function press(event) {
    if (event.defaultPrevented || event.repeat || event.isComposing) return
    if (event.ctrlKey || event.altKey || event.metaKey) return
    const target = event.composedPath()[0]
    if (target instanceof Element && target.closest(TYPING)) return
    if (document.querySelector(DIALOG)) return
    const key = SAME[event.key] ?? (event.shiftKey ? event.key : event.key.toLowerCase())
    if (keys.has(key)) setTriggerValue("key", { key, subject: data.subject })
  }

  // This function runs again whenever the data changes: the listener of the run before must go.
  parentElement.stopListening?.()
  const listening = new AbortController()
  parentElement.stopListening = () => listening.abort()
  document.addEventListener("keydown", press, { signal: listening.signal })
  document.addEventListener("click", remember, { signal: listening.signal })
  document.addEventListener("focusout", hold, { signal: listening.signal })
  if (hadDialog && !data.has_dialog) giveBack(60)
  hadDialog = data.has_dialog
  return () => parentElement.stopListening()
}

function remember(event) {
  if (document.querySelector(DIALOG)) return
  opener = event.composedPath().find((node) => node instanceof Element && node.matches(FOCUSABLE))
}

// A button is switched off while its file is made: the focus would fall out of the dialog, where Escape closes nothing.
function hold({ target }) {
  const dialog = target.disabled && target.closest(DIALOG)
  if (!dialog) return
  dialog.tabIndex = -1
  dialog.focus({ preventScroll: true })
  new MutationObserver((_, observer) => {
    if (target.disabled) return
    observer.disconnect()
    if (document.activeElement === dialog) target.focus({ preventScroll: true })
  }).observe(target, { attributeFilter: ["disabled"] })
}

// Streamlit gives the focus back to what opened a dialog, but not into a component: there it ends on the page itself.
function giveBack(frames) {
  if (!frames) return
  if (document.querySelector(DIALOG)) requestAnimationFrame(() => giveBack(frames - 1))
  else if (document.activeElement === document.body && opener?.isConnected) opener.focus({ preventScroll: true })
}
