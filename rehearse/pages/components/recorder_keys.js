// Streamlit offers neither keys nor a limit for its recorder, so this presses its buttons.
export default function ({ data }) {
  const recorder = () => document.querySelector(`.st-key-${data.target} [data-testid="stAudioInput"]`)
  const button = (name) => recorder()?.querySelector(`button[aria-label="${name}"]`)
  const takesKeys = (target) =>
    target.isContentEditable || /^(INPUT|TEXTAREA|SELECT|BUTTON|A|AUDIO|SUMMARY)$/.test(target.tagName)
  let started = null

  const onKey = (event) => {
    if (event.code !== "Space" || event.repeat || event.ctrlKey || event.metaKey || event.altKey) return
    if (takesKeys(event.composedPath()[0])) return
    const next = button("Stop recording") ?? button("Record")
    if (!next) return
    event.preventDefault()
    next.click()
  }
  const watch = () => {
    const stop = button("Stop recording")
    if (!stop) started = null
    else if (started === null) started = performance.now()
    else if (performance.now() - started > data.limit * 1000) stop.click()
  }
  const guard = (event) => {
    if (button("Stop recording")) event.preventDefault()
  }

  const timer = setInterval(watch, 200)
  document.addEventListener("keydown", onKey)
  window.addEventListener("beforeunload", guard)
  return () => {
    clearInterval(timer)
    document.removeEventListener("keydown", onKey)
    window.removeEventListener("beforeunload", guard)
  }
}
