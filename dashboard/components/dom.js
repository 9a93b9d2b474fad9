// What the components share; it stands before each one's own script.
// Everything from reports reaches the page as text, never as markup.
function element(tag, properties = {}, ...children) {
  const made = Object.assign(document.createElement(tag), properties)
  made.append(...children)
  return made
}

// Focus outlives a redraw.
function redraw(root, ...children) {
  const { activeElement } = root.getRootNode()
  const focused = root.contains(activeElement) && activeElement.dataset.key
  root.replaceChildren(...children)
  if (focused) root.querySelector(`[data-key="${CSS.escape(focused)}"]`)?.focus({ preventScroll: true })
}

// A plain click stays in the session; one that asks for a new tab or window is the browser's.
function drawLink(textContent, href, key, follow) {
  const link = element("a", { textContent, href })
  link.dataset.key = key
  link.onclick = (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return
    event.preventDefault()
    follow()
  }
  return link
}

