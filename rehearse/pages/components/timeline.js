const MARKS = { filled_pause: "filled pause", discourse_marker: "filler word", possible: "possible filler" }
const LEAD_SECONDS = 1 // a filler or pause is understood only with what came before it
const TICKS = [5, 10, 15, 30, 60, 120, 300, 600, 1800]
const MOST_TICKS = 6

const stretchButton = (part, duration, isStory) => {
  const button = make("button", `stretch ${part.mark}`, isStory ? part.label : "")
  const seconds = (part.end - part.start).toFixed(1)
  const kind = MARKS[part.mark] ? `, ${MARKS[part.mark]}` : ""
  button.style.left = `${(100 * part.start) / duration}%`
  button.style.width = `${(100 * (part.end - part.start)) / duration}%`
  button.title = `${kind ? bare(part.label) : part.label}${kind}, ${seconds} seconds, at ${clock(part.start)}`
  button.setAttribute("aria-label", button.title)
  button.dataset.start = Math.max(0, part.start - (isStory ? 0 : LEAD_SECONDS))
  button.tabIndex = -1
  return button
}

const rowOf = (row, duration) => {
  const line = make("div", "line")
  const lane = make("div", "lane")
  lane.setAttribute("role", "group")
  lane.setAttribute("aria-label", `${row.label} over time: ${row.stretches.length || "none"}`)
  lane.append(...row.stretches.map((part) => stretchButton(part, duration, row.label === "Story")))
  if (lane.firstChild) lane.firstChild.tabIndex = 0
  line.append(make("span", "name", row.label), lane)
  return line
}

const axisOf = (duration) => {
  const step = TICKS.find((seconds) => duration / seconds <= MOST_TICKS) ?? duration
  const axis = make("div", "axis")
  // a time too close to the end would stand beyond it
  for (let at = 0; at < 0.96 * duration; at += step) {
    const tick = make("span", "tick", clock(at))
    tick.style.left = `${(100 * at) / duration}%`
    axis.append(tick)
  }
  axis.setAttribute("aria-hidden", "true")
  return axis
}

export default function ({ data, parentElement }) {
  const { rows, duration } = data
  const audio = () => document.querySelector(`.st-key-${data.player} audio`)
  parentElement.querySelector(".timeline")?.remove()
  const root = make("div", "timeline")
  const lanes = make("div", "lanes")
  const heads = make("div", "heads")
  const head = make("div", "head")
  heads.append(head)
  lanes.append(...rows.map((row) => rowOf(row, duration)), axisOf(duration), heads)
  root.append(lanes)
  parentElement.append(root)

  const named = [...lanes.querySelectorAll(".stretch")].filter((button) => button.textContent)
  const tooNarrow = named.filter((button) => button.scrollWidth > button.clientWidth)
  tooNarrow.forEach((button) => (button.textContent = button.textContent[0])) // its whole name is in its title

  lanes.onclick = (event) => {
    const lane = event.target.closest(".lane")
    const player = audio()
    if (!lane || !player) return
    const box = lane.getBoundingClientRect()
    const start = event.target.dataset.start
    player.currentTime = start === undefined ? (duration * (event.clientX - box.left)) / box.width : Number(start)
    player.play().catch(() => {})
  }
  lanes.onkeydown = (event) => {
    const button = event.target.closest(".stretch")
    const step = { ArrowRight: "nextElementSibling", ArrowLeft: "previousElementSibling" }[event.key]
    if (!button || !step) return
    event.preventDefault()
    const next = button[step]
    if (!next) return
    button.tabIndex = -1
    next.tabIndex = 0
    next.focus()
  }

  let frame = 0
  const run = () => {
    const player = audio()
    if (player) head.style.left = `${(100 * Math.min(player.currentTime, duration)) / duration}%`
    frame = player?.paused === false ? requestAnimationFrame(run) : 0
  }
  const onMedia = (event) => {
    if (event.target === audio() && !frame) run()
  }
  const events = ["play", "seeked", "timeupdate"]
  // media events do not bubble, so they are caught on their way down
  events.forEach((name) => document.addEventListener(name, onMedia, true))
  run()
  return () => {
    events.forEach((name) => document.removeEventListener(name, onMedia, true))
    cancelAnimationFrame(frame)
  }
}
