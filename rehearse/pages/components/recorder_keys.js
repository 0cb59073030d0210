const DENIED = "The browser does not let this page use the microphone. Allow it with the icon to the left of the address, then reload."
const NONE = "The browser finds no microphone. Plug one in and reload, or record another way."
const INSECURE = "Browsers give the microphone only to localhost, 127.0.0.1 and https addresses. Open the page at one of these."

const trouble = async () => {
  if (!navigator.mediaDevices) return INSECURE
  const devices = await navigator.mediaDevices.enumerateDevices()
  if (!devices.some((device) => device.kind === "audioinput")) return NONE
  return (await permission())?.state === "denied" ? DENIED : ""
}

const permission = async () => {
  try {
    return await navigator.permissions.query({ name: "microphone" })
  } catch {
    return null // not every browser tells about this permission
  }
}

const SILENT =
  "I can't hear anything: the microphone may be muted, or a different one is chosen in the browser. Only silence is recorded."

const LOST = "You are recording. This would throw the recording away. Carry on anyway?"
const LEADS_AWAY = 'a[href], [role="option"], [data-testid="stButton"] button, [data-testid="stButtonGroup"] button'

// Streamlit offers neither keys nor a limit for its recorder, so this presses its buttons.
export default function ({ data, parentElement }) {
  let note = parentElement.querySelector(".trouble")
  if (!note) {
    note = document.createElement("p")
    note.className = "trouble"
    note.setAttribute("role", "status")
    parentElement.append(note)
  }
  let silence = parentElement.querySelector(".silence")
  if (!silence) {
    silence = document.createElement("p")
    silence.className = "silence"
    silence.setAttribute("role", "status")
    parentElement.append(silence)
  }
  noteStreams()
  const level = levelWatch()
  note.end?.() // a new limit comes without an end to the old one
  const tell = async () => {
    note.textContent = await trouble()
  }
  tell()
  let asked = null
  permission().then((found) => {
    asked = found
    asked?.addEventListener("change", tell)
  })
  navigator.mediaDevices?.addEventListener("devicechange", tell)

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
    const silent = stop && level.isSilent() ? SILENT : ""
    if (silence.textContent !== silent) silence.textContent = silent // said once, not five times a second
    if (!stop) level.stop()
    if (!stop) started = null
    else if (started === null) started = performance.now()
    else if (performance.now() - started > data.limit * 1000) stop.click()
  }
  const guard = (event) => {
    if (button("Stop recording")) event.preventDefault()
  }
  const askFirst = (event) => {
    if (!data.guarded || !button("Stop recording") || recorder().contains(event.target)) return
    if (!event.target.closest?.(LEADS_AWAY) || confirm(LOST)) return
    event.preventDefault()
    event.stopPropagation()
  }
  // The button stays until the sound is read, which takes a busy computer a while; a second press would be an error.
  const once = (event) => {
    const stop = button("Stop recording")
    if (!stop?.contains(event.target)) return
    if (stop.dataset.pressed) {
      event.preventDefault()
      event.stopPropagation()
    }
    stop.dataset.pressed = "yes"
  }

  const timer = setInterval(watch, 200)
  document.addEventListener("keydown", onKey)
  document.addEventListener("click", once, true)
  document.addEventListener("click", askFirst, true)
  window.addEventListener("beforeunload", guard)
  note.end = () => {
    asked?.removeEventListener("change", tell)
    navigator.mediaDevices?.removeEventListener("devicechange", tell)
    clearInterval(timer)
    level.close()
    silence.textContent = ""
    document.removeEventListener("keydown", onKey)
    document.removeEventListener("click", once, true)
    document.removeEventListener("click", askFirst, true)
    window.removeEventListener("beforeunload", guard)
  }
  return note.end
}
