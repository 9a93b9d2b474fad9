// The files of the present batch, until the app has asked for all of them; they outlive the element that took them.
const state = { batch: "", files: [], asked: "" }

export default function ({ data, parentElement, setTriggerValue }) {
  const root = parentElement.querySelector(".intake")
  state.send = setTriggerValue
  const drawn = JSON.stringify([data.words, data.suffixes])
  if (root.drawn !== drawn) draw(root, data)
  root.drawn = drawn
  if (data.wish) fulfil(data.wish, data.piece)
}

function draw(root, { words, suffixes }) {
  const input = element("input", { type: "file", multiple: true, accept: suffixes })
  input.dataset.key = "files"
  input.onchange = () => {
    offer([...input.files])
    // So that the same file can be chosen again.
    input.value = ""
  }
  const zone = element("label", { className: "zone" },
    element("span", { className: "choose", textContent: words.choose }),
    element("span", { textContent: words.label }),
    element("span", { className: "hint", textContent: words.hint }),
    input,
  )
  zone.ondragover = (event) => {
    event.preventDefault()
    zone.classList.add("over")
  }
  zone.ondragleave = () => zone.classList.remove("over")
  zone.ondrop = (event) => {
    event.preventDefault()
    zone.classList.remove("over")
    offer([...event.dataTransfer.files])
  }
  redraw(root, zone)
}

function offer(files) {
  if (!files.length) return
  Object.assign(state, { batch: `${Date.now()}-${Math.random()}`, files, asked: "" })
  state.send("offered", { batch: state.batch, files: files.map(({ name, size }) => ({ name, size })) })
}

async function fulfil({ batch, file, start }, length) {
  const asked = `${batch}:${file}:${start}`
  if (state.asked === asked) return
  state.asked = asked
  const source = batch === state.batch ? state.files[file] : undefined
  try {
    const data = await encode(source.slice(start, start + length))
    if (state.asked === asked) state.send("arrived", { batch, file, start, data })
  } catch {
    // The page was loaded anew, or the file was moved or is a folder.
    state.send("lost", batch)
  }
}

function encode(blob) {
  return new Promise((resolve, reject) => {
    const reader = new FileReader()
    reader.onload = () => resolve(reader.result.slice(reader.result.indexOf(",") + 1))
    reader.onerror = reject
    reader.readAsDataURL(blob)
  })
}
