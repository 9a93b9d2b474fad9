// Single keys pressed anywhere on the page, but where a reader types or while a dialog is open.
const TYPING = "input, select, textarea, [contenteditable], [role=textbox], [role=combobox], [role=listbox], [role=menu]"
const DIALOG = "[role=dialog]"
// A Chinese keyboard's question mark.
const SAME = { "？": "?" }

export default function ({ data, parentElement, setTriggerValue }) {
  const keys = new Set(data.keys)

  function press(event) {
    if (event.defaultPrevented || event.repeat || event.isComposing) return
    if (event.ctrlKey || event.altKey || event.metaKey) return
    const target = event.composedPath()[0]
    if (target instanceof Element && target.closest(TYPING)) return
    if (document.querySelector(DIALOG)) return
    const key = SAME[event.key] ?? (event.shiftKey ? event.key : event.key.toLowerCase())
    if (keys.has(key)) setTriggerValue("key", key)
  }

  // This function runs again whenever the data changes: the listener of the run before must go.
  parentElement.stopListening?.()
  const listening = new AbortController()
  parentElement.stopListening = () => listening.abort()
  document.addEventListener("keydown", press, { signal: listening.signal })
  return () => parentElement.stopListening()
}
