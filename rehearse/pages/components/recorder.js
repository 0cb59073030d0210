const DENIED = "The browser does not let this page use the microphone. Allow it with the icon to the left of the address, then reload."
const NONE = "The browser finds no microphone. Plug one in and reload, or record another way."
const INSECURE = "Browsers give the microphone only to localhost, 127.0.0.1 and https addresses. Open the page at one of these."
const FAILED = "The microphone could not be opened. Close other programs that use it, then try again."
const SILENT =
  "I can't hear anything: the microphone may be muted, or a different one is chosen in the browser. Only silence is recorded."
const UNPLUGGED = "The microphone is gone. Plug it in again and press Go on, or press Stop: what you said so far is saved."
const OFFLINE = "The connection to rehearse is lost. Keep this page open: I'm trying again, and what you say is not lost."
const GONE = "rehearse doesn't answer any more. What had reached it is saved: start it again, and look on this page under Recordings without feedback."
const LEAVING = "You are recording. If you go on, the recording ends here; it is kept, without feedback. Go on?"
const LEADS_AWAY = 'a[href], [role="option"], [data-testid="stButton"] button, [data-testid="stButtonGroup"] button'
const QUIET_DBFS = -70 // as for this computer's own microphone
const QUIET_SECONDS = 3
const METER_DB = 60
const MARGIN = 1.25 // the bar goes on beyond the longest comfortable answer

const permission = async () => {
  try {
    return await navigator.permissions.query({ name: "microphone" })
  } catch {
    return null // not every browser tells about this permission
  }
}
const trouble = async () => {
  if (!navigator.mediaDevices) return INSECURE
  const devices = await navigator.mediaDevices.enumerateDevices()
  if (!devices.some((device) => device.kind === "audioinput")) return NONE
  return (await permission())?.state === "denied" ? DENIED : ""
}
const loudness = (samples) => {
  let power = 0
  for (const sample of samples) power += (sample / 32768) ** 2
  return 10 * Math.log10(power / Math.max(1, samples.length) + 1e-12)
}

const build = (parentElement) => {
  const root = make("div", "recorder")
  const parts = {
    root,
    main: make("button", "record"),
    pause: make("button", "pause", "Pause"),
    time: make("div", "elapsed"),
    aim: make("div", "aim"),
    bar: make("div", "length"),
    band: make("div", "band"),
    filled: make("div", "filled"),
    meter: make("div", "meter"),
    level: make("div", "level"),
    phase: make("p", "phase"),
    warning: make("p", "silence"),
    note: make("p", "trouble"),
  }
  parts.time.setAttribute("role", "timer")
  parts.time.setAttribute("aria-label", "Time spoken")
  parts.meter.setAttribute("role", "meter")
  parts.meter.setAttribute("aria-label", "Level of the microphone")
  parts.meter.setAttribute("aria-valuemin", 0)
  parts.meter.setAttribute("aria-valuemax", 100)
  for (const part of [parts.phase, parts.warning, parts.note]) part.setAttribute("role", "status")
  parts.bar.append(parts.band, parts.filled)
  parts.meter.append(parts.level)
  const buttons = make("div", "buttons")
  const times = make("div", "times")
  const right = make("div", "shown")
  buttons.append(parts.main, parts.pause)
  times.append(parts.time, parts.phase, parts.aim)
  right.append(times, parts.bar, parts.meter)
  const line = make("div", "line")
  line.append(buttons, right)
  root.append(line, parts.warning, parts.note)
  parentElement.append(root)
  root.parts = parts
  root.state = { phase: "idle", samples: 0, rate: 1, quiet: 0, level: -METER_DB }
  return root
}

const SAYS = {
  idle: "Press to record",
  opening: "The microphone opens",
  recording: "Recording",
  paused: "Paused",
  saving: "Saving your answer",
  saved: "Saved",
}
const ACTIVE = ["recording", "paused"]

export default function ({ data, parentElement, setTriggerValue }) {
  const root = parentElement.querySelector(".recorder") ?? build(parentElement)
  root.end?.() // new data come without an end to the old
  const { main, pause, time, aim, bar, band, filled, meter, level, phase, warning, note } = root.parts
  const state = root.state
  if (!canStream() && !state.told) {
    state.told = true
    setTriggerValue("plain", true)
  }
  const seconds = () => state.samples / state.rate
  const isActive = () => ACTIVE.includes(state.phase)

  const draw = () => {
    const total = Math.min(data.limit, Math.max((data.high ?? data.limit) * MARGIN, seconds()))
    const share = (value) => `${(100 * Math.min(1, Math.max(0, value / total))).toFixed(2)}%`
    band.hidden = data.low === null && data.high === null
    band.style.left = share(data.low ?? 0)
    band.style.right = `calc(100% - ${share(data.high ?? total)})`
    filled.style.width = share(seconds())
    time.textContent = clock(seconds())
    const isLong = Boolean(data.cue) && data.high !== null && seconds() > data.high
    tell(aim, isLong ? data.cue : data.aim)
    aim.classList.toggle("passed", isLong)
    root.dataset.spoken = seconds().toFixed(2)
    const shown = isActive() && state.phase === "recording" ? Math.max(0, 1 + state.level / METER_DB) : 0
    level.style.transform = `scaleX(${Math.min(1, shown).toFixed(2)})`
    meter.setAttribute("aria-valuenow", Math.round(100 * Math.min(1, shown)))
  }
  const tell = (element, text) => {
    if (element.textContent !== text) element.textContent = text // said once, not ten times a second
  }
  const enter = (name) => {
    state.phase = name
    root.dataset.phase = name
    tell(phase, SAYS[name])
    main.setAttribute("aria-label", isActive() ? "Stop recording" : "Record")
    main.disabled = ["opening", "saving", "saved"].includes(name)
    pause.hidden = !(data.pausable && isActive())
    pause.textContent = name === "paused" ? "Go on" : "Pause"
    draw()
  }
  const hear = (block) => {
    const samples = new Int16Array(block)
    state.line.push(block)
    state.samples += samples.length
    state.level = loudness(samples)
    state.quiet = state.level > QUIET_DBFS ? 0 : state.quiet + samples.length / state.rate
    tell(warning, state.quiet > QUIET_SECONDS ? SILENT : "")
    if (state.phase === "recording" && seconds() >= root.data.limit) root.act.stop()
    else draw()
  }
  const lostDevice = () => {
    if (state.phase !== "recording") return
    tell(note, UNPLUGGED)
    root.act.pause()
  }
  const failed = (sentence) => {
    tell(note, sentence || GONE)
    state.microphone?.release()
    enter("idle")
  }

  root.data = data
  root.tell = setTriggerValue
  root.act = {
    async start() {
      if (state.phase !== "idle") return
      enter("opening")
      tell(note, "")
      Object.assign(state, { samples: 0, quiet: 0, level: -METER_DB })
      try {
        state.microphone = await openMicrophone((block) => root.hear(block), () => root.lostDevice())
      } catch {
        enter("idle")
        tell(note, (await trouble()) || FAILED)
        return
      }
      state.rate = state.microphone.rate
      state.line = openLine({
        path: data.path,
        rate: state.rate,
        block: state.microphone.size,
        onLost: () => tell(note, OFFLINE),
        onBack: () => tell(note, ""),
        onFull: () => root.act.stop(),
        onRemark: (text) => document.dispatchEvent(new CustomEvent("rehearse-remark", { detail: text })),
        onSaved: (told) => {
          enter("saved")
          root.tell("saved", told.saved)
        },
        onFailed: (sentence) => root.failed(sentence),
      })
      enter("recording")
    },
    async stop() {
      if (!isActive()) return
      enter("saving")
      tell(warning, "")
      await state.microphone.close()
      state.line.stop()
    },
    pause() {
      if (state.phase !== "recording") return
      state.microphone.pause()
      tell(warning, "")
      state.quiet = 0
      enter("paused")
    },
    async goOn() {
      if (state.phase !== "paused") return
      try {
        await state.microphone.goOn()
      } catch {
        tell(note, (await trouble()) || FAILED)
        return
      }
      tell(note, "")
      enter("recording")
    },
  }
  // What was begun with older data goes on with the newest.
  Object.assign(root, { hear, lostDevice, failed })

  const toggle = () => (isActive() ? root.act.stop() : root.act.start())
  const takesKeys = (target) =>
    target.isContentEditable || /^(INPUT|TEXTAREA|SELECT|BUTTON|A|AUDIO|SUMMARY)$/.test(target.tagName)
  const onKey = (event) => {
    if (event.code !== "Space" || event.repeat || event.ctrlKey || event.metaKey || event.altKey) return
    if (takesKeys(event.composedPath()[0])) return
    event.preventDefault()
    toggle()
  }
  const guard = (event) => {
    if (isActive() || state.phase === "saving") event.preventDefault()
  }
  const askFirst = (event) => {
    if (!data.guarded || !isActive() || root.contains(event.target)) return
    if (!event.target.closest?.(LEADS_AWAY) || confirm(LEAVING)) return
    event.preventDefault()
    event.stopPropagation()
  }
  const leave = () => {
    if (!isActive()) return
    state.microphone.release()
    state.line.leave()
  }
  const check = async () => {
    if (state.phase === "idle") tell(note, await trouble())
  }

  main.onclick = toggle
  pause.onclick = () => (state.phase === "paused" ? root.act.goOn() : root.act.pause())
  enter(state.phase)
  check().then(() => (root.dataset.ready = "yes"))
  let asked = null
  permission().then((found) => {
    asked = found
    asked?.addEventListener("change", check)
  })
  navigator.mediaDevices?.addEventListener("devicechange", check)
  document.addEventListener("keydown", onKey)
  document.addEventListener("click", askFirst, true)
  window.addEventListener("beforeunload", guard)
  window.addEventListener("pagehide", leave)
  root.end = () => {
    asked?.removeEventListener("change", check)
    navigator.mediaDevices?.removeEventListener("devicechange", check)
    document.removeEventListener("keydown", onKey)
    document.removeEventListener("click", askFirst, true)
    window.removeEventListener("beforeunload", guard)
    window.removeEventListener("pagehide", leave)
  }
  return () => {
    root.end()
    leave()
  }
}
