const MARKS = {
  filled_pause: "filled pause",
  discourse_marker: "filler word",
  possible: "possible filler",
  pause: "pause",
}
const LEAD_SECONDS = 1 // a filler or pause is understood only with what came before it

const make = (tag, className, text = "") => {
  const element = document.createElement(tag)
  element.className = className
  element.textContent = text // never innerHTML: what was said is untrusted
  if (tag === "button") element.type = "button"
  return element
}

const lastBefore = (words, time) => {
  let low = 0
  let high = words.length - 1
  while (low <= high) {
    const middle = (low + high) >> 1
    if (words[middle].start <= time) low = middle + 1
    else high = middle - 1
  }
  return high
}

const wordButton = (word, place) => {
  const button = make("button", `word ${word.mark}`, word.text)
  button.dataset.place = place
  button.tabIndex = place === 0 ? 0 : -1
  if (word.mark) button.setAttribute("aria-label", `${word.text}, ${MARKS[word.mark]}, at ${word.start.toFixed(1)} seconds`)
  return button
}

const laneButton = (part, duration, seek) => {
  const button = make("button", `stretch ${part.mark}`)
  const seconds = (part.end - part.start).toFixed(1)
  const kind = part.mark === "pause" ? "" : `, ${MARKS[part.mark]}`
  button.style.left = `${(100 * part.start) / duration}%`
  button.style.width = `${(100 * (part.end - part.start)) / duration}%`
  button.title = `${part.label}${kind}, ${seconds} seconds, at ${part.start.toFixed(1)} seconds`
  button.setAttribute("aria-label", button.title)
  button.onclick = () => seek(Math.max(0, part.start - LEAD_SECONDS))
  return button
}

export default function ({ data, parentElement }) {
  const { words, duration } = data
  const audio = () => document.querySelector(`.st-key-${data.player} audio`)
  const seek = (time) => {
    const player = audio()
    if (!player) return
    player.currentTime = time
    player.play().catch(() => {})
  }

  parentElement.querySelector(".transcript")?.remove()
  const root = make("div", "transcript")
  const text = make("p", "words")
  text.setAttribute("role", "group")
  text.setAttribute("aria-label", "Transcript. Enter plays from a word, arrow keys move, F goes to the next filler.")
  const buttons = words.map(wordButton)
  words.forEach((word, place) => {
    if (word.pause) text.append(make("span", "gap", `[pause ${word.pause.toFixed(1)} s]`), " ")
    text.append(buttons[place], " ")
  })
  root.append(text)

  const head = make("div", "head")
  if (duration > 0) {
    const lane = make("div", "lane")
    lane.setAttribute("role", "group")
    lane.setAttribute("aria-label", "Fillers and pauses over time")
    lane.append(...data.lane.map((part) => laneButton(part, duration, seek)), head)
    root.append(lane)
  }
  parentElement.append(root)

  const focus = (place) => {
    const next = Math.max(0, Math.min(words.length - 1, place))
    buttons.forEach((button) => (button.tabIndex = -1))
    buttons[next].tabIndex = 0
    buttons[next].focus()
  }
  text.onclick = (event) => {
    const button = event.target.closest(".word")
    if (button) seek(words[button.dataset.place].start)
  }
  text.onkeydown = (event) => {
    const button = event.target.closest(".word")
    if (!button || event.ctrlKey || event.metaKey || event.altKey) return
    const place = Number(button.dataset.place)
    const step = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: 10, ArrowUp: -10 }[event.key]
    if (step) {
      event.preventDefault()
      focus(place + step)
    } else if (event.key.toLowerCase() === "f") {
      const next = words.findIndex((word, index) => index > place && word.mark)
      if (next >= 0) focus(next)
    }
  }

  let current = -1
  const follow = (event) => {
    if (event.target !== audio()) return
    const time = event.target.currentTime
    head.style.left = `${(100 * time) / duration}%`
    const place = lastBefore(words, time)
    if (place === current) return
    buttons[current]?.classList.remove("now")
    buttons[place]?.classList.add("now")
    current = place
  }
  // media events do not bubble, so they are caught on their way down
  document.addEventListener("timeupdate", follow, true)
  document.addEventListener("seeked", follow, true)
  return () => {
    document.removeEventListener("timeupdate", follow, true)
    document.removeEventListener("seeked", follow, true)
  }
}
