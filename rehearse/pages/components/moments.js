const clock = (seconds) => `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, "0")}`

// Plays a little before the moment, so that it is heard in its place, and stops behind it.
const LEAD_SECONDS = 0.3
const TAIL_SECONDS = 0.5

export default function ({ data, parentElement }) {
  const audio = () => document.querySelector(`.st-key-${data.player} audio`)
  let stopAt = null

  const play = (moment) => {
    const player = audio()
    if (!player) return
    player.currentTime = Math.max(0, moment.start - LEAD_SECONDS)
    stopAt = moment.end + TAIL_SECONDS
    player.play().catch(() => {})
  }
  const onTime = (event) => {
    if (stopAt === null || event.target !== audio()) return
    if (event.target.currentTime >= stopAt) {
      stopAt = null
      event.target.pause()
    }
  }
  const forget = (event) => {
    if (event.target === audio()) stopAt = null
  }

  let row = parentElement.querySelector(".moments")
  if (!row) {
    row = document.createElement("div")
    row.className = "moments"
    parentElement.append(row)
  }
  row.replaceChildren(
    ...data.moments.map((moment) => {
      const button = document.createElement("button")
      button.type = "button"
      button.className = "moment"
      button.textContent = `\u25B6 Play ${clock(moment.start)}`
      button.setAttribute("aria-label", `Play this moment, ${clock(moment.start)}`)
      button.onclick = () => play(moment)
      return button
    }),
  )
  document.addEventListener("timeupdate", onTime, true)
  document.addEventListener("pause", forget, true)
  return () => {
    document.removeEventListener("timeupdate", onTime, true)
    document.removeEventListener("pause", forget, true)
  }
}
