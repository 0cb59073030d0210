// Stands before each component that uses it.
const make = (tag, className, text = "") => {
  const element = document.createElement(tag)
  element.className = className
  element.textContent = text // never innerHTML: what was said is untrusted
  if (tag === "button") element.type = "button"
  return element
}
// A name for assistive technology: "Um," would be read as "Um,, filled pause".
const bare = (text) => text.replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, "") || text
const clock = (seconds) => `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, "0")}`

// A moment plays to its end and stops. The mark of that end stands at the player, which all components share:
// what the player's own button started has none, and goes on.
const START_SECONDS = 0.1 // how far a player may be from where it was sent
const playStretch = (player, start, end) => {
  document.querySelectorAll("audio").forEach((other) => other !== player && other.pause())
  player.currentTime = Math.max(0, start)
  player.stretch = { start: player.currentTime, end }
  player.play().catch(() => {})
}
const endStretch = (player) => {
  if (!player.stretch || player.paused || player.currentTime < player.stretch.end) return
  player.stretch = null
  player.pause()
}
const watchStretches = (find) => {
  const onMedia = (event) => {
    const player = find()
    if (!player?.stretch || event.target !== player) return
    const movedAway = Math.abs(player.currentTime - player.stretch.start) > START_SECONDS
    if (event.type === "pause" || (event.type === "seeking" && movedAway)) player.stretch = null
    else endStretch(player)
  }
  const events = ["timeupdate", "pause", "seeking"]
  // media events do not bubble, so they are caught on their way down
  events.forEach((name) => document.addEventListener(name, onMedia, true))
  return () => events.forEach((name) => document.removeEventListener(name, onMedia, true))
}
