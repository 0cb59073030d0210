"use strict"
const ends = new Map()
document.addEventListener("click", ({ target }) => {
  const moment = target.closest("[data-start]")
  if (!moment) return
  const player = moment.closest("article").querySelector("audio")
  for (const other of document.querySelectorAll("audio")) if (other !== player) other.pause()
  player.currentTime = Number(moment.dataset.start)
  ends.set(player, Number(moment.dataset.end))
  player.play()
})
// media events do not bubble, so they are caught on their way down
document.addEventListener(
  "timeupdate",
  ({ target }) => {
    if (!ends.has(target) || target.currentTime < ends.get(target)) return
    ends.delete(target)
    target.pause()
  },
  true,
)
