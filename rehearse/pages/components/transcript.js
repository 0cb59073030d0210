const MARKS = {
  filled_pause: "filled pause",
  discourse_marker: "filler word",
  possible: "possible filler",
  dismissed: "no filler, as you said",
}
const STATES = {
  filled_pause: ["Counted as um or uh", "Counted as um or uh, as you said"],
  discourse_marker: ["Counted as a filler word", "Counted as a filler word, as you said"],
  possible: ["Perhaps a filler: not counted", ""],
  dismissed: ["", "Not counted, as you said"],
}
const KEYS =
  "Enter plays from a word, arrow keys move, F goes to the next filler, P to the next long pause, Space plays and stops."
const FINGERS = "(hover: none) and (pointer: coarse)"
// Where a letter is typed, or a dialog waits for its own keys.
const TYPING = 'input, textarea, select, [contenteditable="true"], [role="dialog"], [role="listbox"], [role="menu"]'
const PRESSED = 'button, a[href], summary, audio, [role="button"], [role="radio"], [role="tab"], [role="checkbox"]'
const LEAD_SECONDS = 1 // a filler is understood only with what came before it
const TAIL_SECONDS = 1.5 // a word is understood only with a little of what comes after it
const GONE_SECONDS = 0.25 // a word is no longer being said so long behind its end

// What stands on the page: a revised transcript changes the words that differ, and what was chosen stays chosen.
const standing = new WeakMap()

const lastBefore = (words, time) => {
  let low = 0
  let high = words.length - 1
  while (low <= high) {
    const middle = (low + high) >> 1
    if (words[middle].start <= time) low = middle + 1
    else high = middle - 1
  }
  return high
}

const dress = (button, word) => {
  button.className = `word ${word.mark} ${word.recognised === null ? "" : "corrected"}`
  button.textContent = word.text
  button.removeAttribute("aria-label")
  if (word.mark) button.setAttribute("aria-label", `${bare(word.text)}, ${MARKS[word.mark]}, at ${word.start.toFixed(1)} seconds`)
  else if (word.recognised !== null) button.setAttribute("aria-label", `${bare(word.text)}, corrected`)
}

const wordButton = (word, number) => {
  const button = make("button", "")
  button.dataset.number = number
  button.tabIndex = number ? -1 : 0
  dress(button, word)
  return button
}

// One span for each stretch of the same story part, so that its name is read before its words.
const paragraph = (words, buttons) => {
  const text = make("p", "words")
  text.setAttribute("role", "group")
  text.setAttribute("aria-label", matchMedia(FINGERS).matches ? "Transcript" : `Transcript. ${KEYS}`)
  let stretch = text
  let part = ""
  let named = "" // a part that goes on after a few other words needs no second name
  words.forEach((word, number) => {
    if (word.pause) stretch.append(make("span", "gap", `[pause ${word.pause.toFixed(1)} s]`), " ")
    // a filler that only the sound shows lies inside the part around it
    if (word.index !== null && word.part !== part) {
      part = word.part
      stretch = part ? make("span", `part ${part}`) : text
      if (part) {
        if (part !== named) stretch.append(make("span", "tag", part), " ")
        named = part
        text.append(stretch, " ")
      }
    }
    stretch.append(buttons[number], " ")
  })
  return text
}

const build = (words) => {
  const root = make("div", "transcript")
  const buttons = words.map(wordButton)
  const text = paragraph(words, buttons)
  const bar = make("div", "bar")
  bar.setAttribute("role", "group")
  bar.setAttribute("aria-label", "The chosen word")
  bar.hidden = true
  const doubt = make("p", "doubt")
  const note = make("p", "jump")
  note.setAttribute("role", "status") // read aloud as it changes
  root.append(doubt, text, note, bar)
  return { root, doubt, text, note, bar, buttons, words, chosenTime: null, tabbed: 0, jumped: -1 }
}

const fits = (words, next) =>
  words.length === next.length && words.every((word, number) => word.part === next[number].part && word.pause === next[number].pause)

// Building 1,500 words anew is felt; changing a few is not.
const shown = (parentElement, words) => {
  const before = standing.get(parentElement)
  if (before?.root.isConnected && fits(before.words, words)) {
    words.forEach((word, number) => {
      const old = before.words[number]
      if (word.text !== old.text || word.mark !== old.mark || word.recognised !== old.recognised) dress(before.buttons[number], word)
    })
    before.words = words
    before.root.querySelectorAll(".now, .chosen").forEach((button) => button.classList.remove("now", "chosen"))
    return before
  }
  const built = build(words)
  built.chosenTime = before?.chosenTime ?? null
  parentElement.querySelector(".transcript")?.remove()
  parentElement.append(built.root)
  standing.set(parentElement, built)
  return built
}

export default function ({ data, parentElement, setTriggerValue }) {
  const { words } = data
  const audio = () => document.querySelector(`.st-key-${data.player} audio`)
  const seek = (time) => {
    const player = audio()
    if (player) player.currentTime = Math.max(0, time)
  }
  const hear = (number, lead) => {
    const player = audio()
    if (!player) return
    const start = words[number].start - lead
    if (!player.paused && !player.stretch) seek(start) // its own button was pressed
    else playStretch(player, start, words[number].end + TAIL_SECONDS)
  }

  const active = parentElement.getRootNode().activeElement
  const hadFocus = active !== null && parentElement.contains(active)
  const here = shown(parentElement, words)
  const { doubt, text, note, bar, buttons } = here

  let chosen = -1
  const focus = (number) => {
    const next = Math.max(0, Math.min(words.length - 1, number))
    buttons[here.tabbed].tabIndex = -1
    buttons[next].tabIndex = 0
    buttons[next].focus()
    here.tabbed = next
    here.jumped = next
  }
  const revise = (wish) => setTriggerValue("revise", wish)
  const choose = (number) => {
    buttons[chosen]?.classList.remove("chosen")
    chosen = number
    buttons[chosen].classList.add("chosen")
    here.chosenTime = words[chosen].start
    showBar()
  }
  const action = (label, act, className = "act") => {
    const button = make("button", className, label)
    button.onclick = act
    return button
  }

  const showBar = () => {
    const word = words[chosen]
    const line = make("span", "said")
    line.append(make("strong", "", `\u201C${word.text}\u201D`), ` at ${clock(word.start)}`)
    const state = make("span", "state", stateOf(word))
    state.setAttribute("role", "status")
    bar.replaceChildren(line, state, ...actionsOf(word), action("Close", closeBar))
    bar.hidden = false
  }
  const closeBar = () => {
    buttons[chosen]?.classList.remove("chosen")
    here.chosenTime = null
    bar.hidden = true
    if (chosen >= 0) focus(chosen)
    chosen = -1
  }
  const stateOf = (word) => {
    const heard = word.recognised ? `Transcribed as \u201C${word.recognised}\u201D` : ""
    const counted = word.mark ? STATES[word.mark][word.judged ? 1 : 0] : ""
    return [counted, heard].filter(Boolean).join(". ")
  }
  const actionsOf = (word) => {
    const actions = []
    const judge = (verdict) => () => revise({ do: "judge", filler: word.filler, start: word.start, verdict })
    if (word.filler !== null && word.judged) actions.push(action("Undo", judge(null)))
    else if (word.mark === "possible") actions.push(action("It is a filler", judge("confirmed")), action("It isn't a filler", judge("dismissed")))
    else if (word.filler !== null) actions.push(action("It isn't a filler", judge("dismissed")))
    if (word.index !== null) actions.push(action("Correct", () => showForm(1)))
    if (word.recognised !== null) {
      actions.push(action("Undo the correction", () => revise({ do: "restore", word: word.index, start: word.start })))
    }
    return actions
  }

  const showForm = (count) => {
    const range = words.slice(chosen, chosen + count).filter((word) => word.index !== null)
    const form = make("form", "correct")
    const label = make("label", "", "What was said: ")
    const input = make("input", "")
    input.value = range.map((word) => word.text).join(" ")
    input.maxLength = data.longest
    input.autocomplete = "off"
    label.append(input)
    const save = make("button", "act", "Save")
    save.type = "submit"
    const more = action("+ next word", () => showForm(count + 1))
    more.hidden = chosen + count >= words.length
    form.append(label, save, more, action("Cancel", () => (showBar(), focus(chosen))))
    form.onsubmit = (event) => {
      event.preventDefault()
      if (!input.value.trim()) return
      const first = words[chosen]
      revise({ do: "correct", first: first.index, start: first.start, count: range.length, text: input.value })
    }
    form.onkeydown = (event) => {
      if (event.key === "Escape") (showBar(), focus(chosen))
    }
    bar.replaceChildren(form)
    input.focus()
    input.select()
  }

  text.onclick = (event) => {
    const button = event.target.closest(".word")
    if (!button) return
    const number = Number(button.dataset.number)
    focus(number)
    choose(number)
    hear(number, 0)
  }
  const say = (sentence) => {
    note.textContent = ""
    note.textContent = sentence
  }
  const jump = (kind, from, wanted, time) => {
    const all = words.map((word, number) => number).filter((number) => wanted(number))
    if (!all.length) {
      say(`No ${kind} is marked in this answer.`)
      return
    }
    const next = all.find((number) => number > from)
    if (next === undefined) {
      here.jumped = -1 // the next press begins anew
      say(`That was the last ${kind}. Press again for the first.`)
      return
    }
    focus(next)
    seek(time(words[next]))
    const name = wanted === isPause ? `${words[next].pause.toFixed(1)} s` : `\u201C${bare(words[next].text)}\u201D`
    const kindName = kind[0].toUpperCase() + kind.slice(1)
    say(`${kindName} ${all.indexOf(next) + 1} of ${all.length}: ${name}, at ${clock(time(words[next]))}`)
  }
  const isPause = (number) => Boolean(words[number].pause)
  // of a filler of two words, the first is gone to
  const isFiller = (number) => counted(words[number]) && (!number || words[number].filler !== words[number - 1].filler)
  const counted = (word) => word.mark && word.mark !== "dismissed"
  const isOpen = (word) => word.mark === "possible"
  const open = new Set(words.filter(isOpen).map((word) => word.filler)).size
  const decide = () => {
    const next = words.findIndex((word, number) => number > chosen && isOpen(word))
    const number = next < 0 ? words.findIndex(isOpen) : next
    focus(number)
    choose(number)
    hear(number, LEAD_SECONDS)
  }
  doubt.hidden = open === 0
  doubt.replaceChildren(open === 1 ? "1 may be a filler. " : `${open} may be fillers. `, action("Listen and decide", decide))
  text.onkeydown = (event) => {
    const button = event.target.closest(".word")
    if (!button || event.ctrlKey || event.metaKey || event.altKey) return
    const number = Number(button.dataset.number)
    const step = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: 10, ArrowUp: -10 }[event.key]
    const key = event.key.toLowerCase()
    if (step) focus(number + step)
    else if (key === "f" || key === "p") go(key, number)
    else if (key === " ") toggle()
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  text.onkeyup = (event) => {
    if (event.key === " ") event.preventDefault() // or Space would press the word as well
  }
  const go = (key, from) => {
    if (key === "f") jump("filler", from, isFiller, (word) => word.start)
    else jump("long pause", from, isPause, (word) => Math.max(0, word.start - word.pause))
  }
  // The keys work on the whole page; the events of other components are seen from outside, so the first target counts.
  const onPageKey = (event) => {
    if (event.defaultPrevented || event.repeat || event.ctrlKey || event.metaKey || event.altKey) return
    const target = event.composedPath()[0]
    const inside = (places) => event.composedPath().some((one) => one.matches?.(places))
    const key = event.key?.toLowerCase() // a browser that fills a form in sends none
    if (!words.length || inside(TYPING) || target.isContentEditable) return
    if (key === "f" || key === "p") go(key, here.jumped)
    else if (key === " " && !inside(PRESSED)) toggle()
    else return
    event.preventDefault()
  }
  document.addEventListener("keydown", onPageKey)
  const toggle = () => {
    const player = audio()
    if (player?.paused) player.play().catch(() => {})
    else player?.pause()
  }

  let current = -1
  const follow = () => {
    const player = audio()
    if (!player) return
    let number = lastBefore(words, player.currentTime)
    if (number >= 0 && player.currentTime > words[number].end + GONE_SECONDS) number = -1
    if (number === current) return
    buttons[current]?.classList.remove("now")
    buttons[number]?.classList.add("now")
    current = number
  }
  let frame = 0
  const run = () => {
    follow()
    frame = audio()?.paused === false ? requestAnimationFrame(run) : 0
  }
  const onMedia = (event) => {
    if (event.target === audio() && !frame) run()
  }
  const events = ["play", "seeked", "timeupdate"]
  // media events do not bubble, so they are caught on their way down
  events.forEach((name) => document.addEventListener(name, onMedia, true))
  run()
  const leaveStretches = watchStretches(audio)

  if (here.chosenTime !== null && words.length) {
    choose(Math.max(0, lastBefore(words, here.chosenTime + 0.001)))
    if (hadFocus) focus(chosen)
  }
  return () => {
    document.removeEventListener("keydown", onPageKey)
    events.forEach((name) => document.removeEventListener(name, onMedia, true))
    leaveStretches()
    cancelAnimationFrame(frame)
  }
}
