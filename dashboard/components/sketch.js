// A figure as plain SVG, for the moments before plotly has come: the same marks and words at the same places.
// It knows what charts.py and curves.py write: bars on their side, lines, dots, and one trace of words.
const SVG = "http://www.w3.org/2000/svg"
// Where plotly puts the foot of a line's letters below its middle, in em.
const FOOT = 0.25
// And the foot of a tick below the axis.
const TICK = 1.08
const HATCH = 6

function sketch({ data, layout }, width) {
  const { l, r, t, b } = layout.margin
  const x = place(layout.xaxis, l, width - r)
  const y = place(layout.yaxis, layout.height - b, t)
  const root = shape("svg", { width, height: layout.height, class: "sketch", "aria-hidden": true })
  root.style.font = `${layout.font.size}px ${layout.font.family}`
  const draw = { bar: drawBars, lines: drawStretch, markers: drawDots, text: drawWords }
  root.append(...layout.shapes.map((line) => drawLine(line, x, y)))
  root.append(...ticks(layout, x, layout.height - b, t))
  for (const trace of data) root.append(...trace.y.flatMap((_, at) => draw[trace.mode ?? trace.type](trace, at, x, y, layout)))
  return root
}

// From a value to a pixel; the ends of a logarithmic range are powers of ten.
function place({ type, range: [low, high] }, from, to) {
  const scaled = type === "log" ? Math.log10 : Number
  return (value) => from + ((scaled(value) - low) / (high - low)) * (to - from)
}

// As plotly cuts a line of a width into dashes.
function dashes(dash, width) {
  const parts = { dot: [3], dash: [9], dashdot: [9, 3, 3, 3] }[dash] ?? []
  return parts.concat(parts.length === 1 ? parts : []).map((part) => part * Math.max(1, width / 3)).join(" ")
}

function drawLine({ x0, x1, y0, y1, line }, x, y) {
  const ends = { x1: x(x0), x2: x(x1), y1: y(y0), y2: y(y1) }
  return shape("line", { ...ends, stroke: line.color, "stroke-width": line.width, "stroke-dasharray": dashes(line.dash, line.width) })
}

// From a spot back to the one before, unless either is where the line has a gap.
function drawStretch({ x: places, y: heights, line }, at, x, y) {
  if (!at || heights[at] === null || heights[at - 1] === null) return []
  const shapes = { x0: places[at - 1], x1: places[at], y0: heights[at - 1], y1: heights[at], line }
  return [drawLine(shapes, x, y)]
}

function ticks({ xaxis }, x, bottom, top) {
  if (!xaxis.visible) return []
  const { size, color } = xaxis.tickfont
  return xaxis.tickvals.flatMap((value, at) => {
    const word = shape("text", { x: x(value), y: bottom + size * TICK, fill: color, "font-size": size, "text-anchor": "middle" })
    word.textContent = xaxis.ticktext[at]
    return xaxis.showgrid === false ? [word] : [upright(x(value), top, bottom, xaxis.gridcolor, "3 3"), word]
  })
}

function upright(x, y1, y2, stroke, dashes) {
  return shape("line", { x1: x, x2: x, y1, y2, stroke, "stroke-dasharray": dashes })
}

function drawBars({ base, x: lengths, y: rows, width, marker }, at, x, y) {
  const [start, stop] = [x(base[at]), x(base[at] + lengths[at])]
  const [top, stroke] = [y(rows[at] - width[at] / 2), marker.color[at]]
  const size = { x: Math.min(start, stop), y: top, width: Math.abs(stop - start), height: y(rows[at] + width[at] / 2) - top }
  if (!marker.pattern?.shape[at]) return [shape("rect", { ...size, stroke, fill: stroke })]
  const id = `hatch-${stroke.slice(1)}`
  const hatch = shape("pattern", { id, width: HATCH, height: HATCH, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" })
  hatch.append(shape("rect", { width: HATCH, height: HATCH, fill: marker.pattern.bgcolor }))
  hatch.append(shape("rect", { width: HATCH * marker.pattern.solidity, height: HATCH, fill: stroke }))
  return [hatch, shape("rect", { ...size, stroke, fill: `url(#${id})` })]
}

function drawDots({ x: values, y: rows, marker }, at, x, y) {
  const [r, cx, cy] = [marker.size[at] / 2, x(values[at]), y(rows[at])]
  const look = { fill: marker.color[at], stroke: marker.line.color[at], "stroke-width": marker.line.width }
  const turn = { "triangle-right": 0, "triangle-down": 90, "triangle-left": 180, "triangle-up": 270 }[marker.symbol[at]]
  if (marker.symbol[at] === "square") return [shape("rect", { x: cx - r, y: cy - r, width: 2 * r, height: 2 * r, ...look })]
  if (turn === undefined) return [shape("circle", { cx, cy, r, ...look })]
  return [shape("path", { d: `M${-r} ${-r}V${r}L${r} 0Z`, transform: `translate(${cx} ${cy}) rotate(${turn})`, ...look })]
}

function drawWords({ x: values, y: rows, text, textposition, textfont }, at, x, y, layout) {
  const isLeft = textposition[at] === "middle left"
  const line = shape("text", {
    x: x(values[at]), y: y(rows[at]) + layout.font.size * FOOT,
    fill: textfont.color, "text-anchor": isLeft ? "end" : "start",
  })
  line.style.whiteSpace = "pre"
  line.append(...[...new DOMParser().parseFromString(text[at], "text/html").body.childNodes].map(styled))
  return [line]
}

// Bold, slanted and coloured words of plotly's markup; their text stays text.
function styled(node) {
  const part = shape("tspan", {})
  if (node.nodeName === "B") part.style.fontWeight = "bold"
  if (node.nodeName === "I") part.style.fontStyle = "italic"
  if (node.style?.color) part.style.fill = node.style.color
  part.append(...(node.nodeName === "#text" ? [node.data] : [...node.childNodes].map(styled)))
  return part
}

function shape(tag, attributes) {
  const made = document.createElementNS(SVG, tag)
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value)
  return made
}

