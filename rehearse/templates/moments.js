"use strict"
let until = Infinity
const player = document.querySelector("audio")
document.addEventListener("click", ({ target }) => {
  const moment = target.closest("[data-start]")
  if (!moment) return
  player.currentTime = Number(moment.dataset.start)
  until = Number(moment.dataset.end)
  player.play()
})
player.addEventListener("timeupdate", () => {
  if (player.currentTime < until) return
  until = Infinity
  player.pause()
})
