// Plays a little before the moment, so that it is heard in its place, and stops behind it.
const LEAD_SECONDS = 0.3
const TAIL_SECONDS = 0.5
const LOOKS_EVERY_MS = 100
const SETTLES_MS = 1500 // so long after it is drawn, the page may still send its player back to the start

// What was played where the page opened: drawn again, it plays nothing again.
const played = new WeakMap()

export default function ({ data, parentElement }) {
  const audio = () => document.querySelector(`.st-key-${data.player} audio`)
  const play = (moment) => {
    const player = audio()
    if (player) playStretch(player, moment.start - LEAD_SECONDS, moment.end + TAIL_SECONDS)
  }

  const playButton = (moment) => {
    const button = make("button", "moment", `\u25B6 ${moment.quote ? "" : "Hear it at "}${clock(moment.start)}`)
    button.type = "button"
    button.setAttribute("aria-label", `Play this moment, ${clock(moment.start)}${moment.quote ? ": " + moment.quote : ""}`)
    if (moment.quote) button.append(" ", make("span", "quote", `\u201C${moment.quote}\u201D`))
    button.onclick = () => play(moment)
    return button
  }
  const row = ({ label, moments, more }) => {
    const line = make("div", label ? "row" : "row bare")
    const quotes = make("div", "moments")
    if (label) line.append(make("span", "label", label))
    quotes.append(...moments.map(playButton))
    if (!moments.length) quotes.append(make("span", "missing", "I didn't hear this part"))
    if (more) quotes.append(make("span", "more", `and ${more} more in your words above`))
    line.append(quotes)
    return line
  }
  parentElement.querySelector(".rows")?.remove()
  const rows = make("div", "rows")
  rows.append(...data.rows.map(row))
  parentElement.append(rows)

  const leave = watchStretches(audio)
  if (!data.plays) return leave
  const [moment] = data.rows[0].moments
  const name = JSON.stringify(moment)
  let since = null
  const open = () => {
    if (played.get(parentElement) === name) return clearInterval(timer)
    const player = audio()
    if (!(player?.readyState >= HTMLMediaElement.HAVE_METADATA)) return
    const button = parentElement.querySelector(".moment")
    const { top, bottom } = button.getBoundingClientRect()
    // What is drawn late above it pushes it out of sight.
    if (since === null || bottom < 0 || top > innerHeight) button.scrollIntoView({ block: "center" })
    if (since === null) {
      since = performance.now()
      button.focus({ preventScroll: true })
      play(moment)
    } else if (performance.now() - since > SETTLES_MS) played.set(parentElement, name)
    else if (player.currentTime < moment.start - LEAD_SECONDS - START_SECONDS) play(moment)
  }
  const timer = setInterval(open, LOOKS_EVERY_MS)
  return () => {
    clearInterval(timer)
    leave()
  }
}
