const SAYS = {
  listen: "Listen to the question.",
  think: "Think. The recording starts by itself.",
  open: "The microphone opens.",
  speak: "Speak now.",
  save: "Your answer is being saved.",
  blocked: "The recording did not start by itself. Press Record below, or answer another way.",
}
const NO_VOICE = "This browser can't use any of this computer's own voices, so the question is only shown."
const OTHER_VOICE = "The interviewer's own voice could not be used, so your browser's voice reads the questions."
const FIRST_FINISH = "Finish this answer first: it would be lost."
const FIRST_SAVE = "One moment: your answer is still being saved."
const OPENS_WITHIN_MS = 8000
const SAVED_WITHIN_MS = 20000
// What would take the recorder off the page, and the sound with it.
const LEADS_AWAY = ".st-key-round_actions button, .st-key-end_yes button, .st-key-source button, a[href]"
const ASKS = "[role='dialog']"
const SKIP = ".st-key-skip button"

const minutes = (seconds) => `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`

const part = (tag, className, text = "") => {
  const element = document.createElement(tag)
  element.className = className
  element.textContent = text // never innerHTML: a question may come from a stranger's file
  return element
}

const build = (parentElement) => {
  const root = part("div", "interviewer")
  const parts = {
    root,
    phase: part("p", "phase"),
    time: part("div", "time"),
    bar: part("div", "bar"),
    marks: part("ol", "marks"),
    remark: part("p", "remark"),
    note: part("p", "note"),
    now: part("button", "act", "Answer now"),
    done: part("button", "act main", "I have finished"),
  }
  parts.filled = part("div", "filled")
  parts.bar.append(parts.filled)
  parts.phase.setAttribute("role", "status")
  parts.note.setAttribute("role", "status")
  parts.remark.setAttribute("role", "status")
  parts.time.setAttribute("role", "timer")
  parts.now.type = parts.done.type = "button"
  const line = part("div", "line")
  line.append(parts.time, parts.phase, parts.now, parts.done)
  root.append(line, parts.bar, parts.remark, parts.marks, parts.note)
  parentElement.append(root)
  root.parts = parts
  return root
}

// A browser that has to ask for the microphone asks before the time runs.
const microphone = async () => {
  try {
    const found = await navigator.permissions.query({ name: "microphone" })
    if (found.state !== "prompt") return
    const stream = await navigator.mediaDevices.getUserMedia({ audio: true })
    stream.getTracks().forEach((track) => track.stop())
  } catch {
    // refused, or a browser that does not tell: the recorder says so itself
  }
}

// Reads the question, counts down the time to think, presses Record, counts down the answer, presses Stop.
export default function ({ data, parentElement }) {
  const root = parentElement.querySelector(".interviewer") ?? build(parentElement)
  root.end?.() // new data come without an end to the old
  const { phase, time, bar, filled, marks, remark, note, now, done } = root.parts
  const recording = () => document.querySelector(data.stop)
  const busy = () => Boolean(recording()) || state.phase === "save"
  const state = root.state?.id === data.id ? root.state : { id: data.id, phase: "", since: 0 }
  const isNew = root.state !== state
  root.state = state

  const enter = (name) => {
    state.phase = name
    state.since = performance.now()
    phase.textContent = SAYS[name] ?? data.free
    remark.textContent = ""
    root.dataset.phase = document.body.dataset.round = name // the style sheet hides what is not needed meanwhile
    draw()
  }
  const seconds = () => (performance.now() - state.since) / 1000
  const think = () => {
    hush()
    if (root.state !== state || recording()) return
    enter(state.auto ? "think" : "free")
  }
  const read = async () => {
    if (data.sound && (await play(data.sound, data.text.length))) return
    if (root.state !== state || state.phase !== "listen") return
    const spoken = await speak(data.text)
    if (root.toldOfVoices || (spoken && !data.sound)) return
    root.toldOfVoices = true
    note.textContent = spoken ? OTHER_VOICE : NO_VOICE
  }
  const begin = async () => {
    hush()
    if (data.microphone) await microphone()
    if (data.aloud && data.text && root.state === state && !recording()) {
      enter("listen")
      await read()
    }
    if (["", "listen"].includes(state.phase)) think()
  }
  const record = () => {
    hush()
    document.querySelector(data.start)?.click()
    enter("open")
  }

  const LENGTHS = { think: data.think, speak: data.limit }
  const draw = () => {
    const length = LENGTHS[state.phase]
    const left = length === undefined ? 0 : Math.max(0, length - seconds())
    time.textContent = length === undefined ? "" : minutes(Math.ceil(left))
    filled.style.width = length ? `${(100 * left) / length}%` : "0"
    bar.hidden = length === undefined
    now.hidden = !(data.early && data.auto && ["listen", "think"].includes(state.phase))
    done.hidden = state.phase !== "speak"
    const share = state.phase === "speak" ? 1 - left / data.limit : -1
    Array.from(marks.children).forEach((mark, place) => {
      const due = share >= place / data.marks.length && share < (place + 1) / data.marks.length
      mark.classList.toggle("due", due)
      if (due) mark.setAttribute("aria-current", "step")
      else mark.removeAttribute("aria-current")
    })
  }
  const lock = (locked) => {
    const skip = document.querySelector(SKIP)
    if (skip) skip.disabled = locked
  }
  // While the page asks whether the round is to end, no recording starts behind the question.
  const wait = () => {
    const before = state.seen ?? performance.now()
    state.seen = performance.now()
    if (state.phase === "think" && document.querySelector(ASKS)) {
      state.since = Math.min(state.seen, state.since + state.seen - before)
    }
  }
  const tick = () => {
    wait()
    const elapsed = 1000 * seconds()
    if (recording()) {
      if (state.phase !== "speak") {
        hush()
        note.textContent = ""
        enter("speak")
      } else if (seconds() >= data.limit) recording().click()
    } else if (state.phase === "speak") enter("save")
    else if (state.phase === "think" && seconds() >= data.think) record()
    else if (state.phase === "open" && elapsed > OPENS_WITHIN_MS) enter("blocked")
    else if (state.phase === "save" && elapsed > SAVED_WITHIN_MS) enter("blocked")
    lock(busy())
    draw()
  }
  const keep = (event) => {
    if (!busy() || !event.target.closest?.(LEADS_AWAY)) return
    event.preventDefault()
    event.stopPropagation()
    note.textContent = recording() ? FIRST_FINISH : FIRST_SAVE
  }

  const stepIn = ({ detail }) => {
    if (state.phase === "speak") remark.textContent = detail
  }

  if (marks.children.length !== data.marks.length) marks.replaceChildren(...data.marks.map((text) => part("li", "mark", text)))
  now.onclick = record
  done.onclick = () => recording()?.click()
  const wasAuto = state.auto
  state.auto = data.auto // kept with the state: what was begun with older data goes on with the newest
  if (isNew) {
    note.textContent = ""
    begin()
  } else if (data.auto !== wasAuto) think() // another way of recording was chosen
  const timer = setInterval(tick, 200)
  document.addEventListener("click", keep, true)
  document.addEventListener("rehearse-remark", stepIn)
  tick()
  root.end = () => {
    clearInterval(timer)
    document.removeEventListener("click", keep, true)
    document.removeEventListener("rehearse-remark", stepIn)
    lock(false)
  }
  return () => {
    root.end()
    hush()
    delete document.body.dataset.round
  }
}
