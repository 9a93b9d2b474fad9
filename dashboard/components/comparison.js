// Beside every page's address, however deep the app is mounted on its host.
const ENGINE = "app/static/plotly-basic.min.js"
const SETTINGS = { displayModeBar: false, doubleClick: false, scrollZoom: false }
let loading

// Every chart of the page waits for the same engine.
function load() {
  loading ??= new Promise((resolve, reject) => {
    const src = new URL(ENGINE, location.href)
    document.head.append(element("script", { src, onload: resolve, onerror: reject }))
  })
  return loading
}

export default function ({ data, parentElement, setTriggerValue }) {
  const root = parentElement.querySelector(".comparison")
  if (root.parts !== data.parts) draw(root, JSON.parse(data.parts))
  root.parts = data.parts
  root.send = setTriggerValue
  return () => {
    const holder = root.querySelector(".figure")
    holder.render = null
    holder.watcher?.disconnect()
    window.Plotly?.purge(holder)
  }
}

function draw(root, { heading, figure, foot }) {
  if (figure) drawFigure(figure, root.querySelector(".figure"), root)
  root.querySelector("header").replaceChildren(...(heading ? drawHeading(heading) : []))
  redraw(root.querySelector("footer"), ...(foot ? drawFoot(foot, root) : []))
}

function drawHeading({ title, badge, subtitle }) {
  const heading = element("h2", { textContent: title })
  if (badge) heading.append(" ", element("span", { className: "badge", textContent: badge }))
  return [heading, element("p", { className: "note", textContent: subtitle })]
}

function drawFoot({ missing, lines, ways }, root) {
  const paragraphs = lines.map((textContent) => element("p", { className: "note", textContent }))
  for (const { name, text, href } of ways)
    paragraphs.at(-1).append(" · ", drawWay(text, href, name, () => root.send(name, href)))
  if (missing) paragraphs.unshift(element("p", { textContent: missing }))
  return paragraphs
}

function drawWay(text, href, name, follow) {
  if (href) return drawLink(text, href, name, follow)
  const button = element("button", { type: "button", textContent: text, onclick: follow })
  button.dataset.key = name
  return button
}

function drawFigure({ figure, alt, failure }, holder, root) {
  holder.hidden = false
  holder.setAttribute("role", "img")
  holder.setAttribute("aria-label", alt)
  // The place is kept while the engine loads.
  holder.style.minHeight = `${figure.layout.height}px`
  const render = () => {
    holder.querySelector(".sketch")?.remove()
    return Plotly.react(holder, figure.data, fit(holder, figure.layout), SETTINGS).then(
      () => holder.render === render && listen(holder, root),
    )
  }
  // Before the engine has come or drawn, a later figure may take this one's place, or the reader may leave.
  holder.render = render
  if (window.Plotly) return render()
  // What can be read does not wait for what can be pointed at, and stays if that never comes.
  const sketched = sketch(figure, holder.clientWidth)
  holder.replaceChildren(sketched)
  load()
    .then(() => holder.render === render && render())
    .catch(() => holder.replaceChildren(sketched, element("p", { textContent: failure })))
}

// Plotly would take the width once, which a holder that is not laid out yet does not have.
function fit(holder, layout) {
  holder.width = holder.clientWidth
  return { ...layout, width: holder.width }
}

function listen(holder, root) {
  if (holder.watcher) return
  holder.on("plotly_click", ({ points }) => {
    const [row] = points[0].customdata
    if (row) root.send("row", row)
  })
  holder.watcher = new ResizeObserver(() => {
    // One that has left the page, or does not show, has no width.
    if (![0, holder.width].includes(holder.clientWidth)) Plotly.relayout(holder, fit(holder, {}))
  })
  holder.watcher.observe(holder)
}
