// Voices that are not local would send the question to somebody's server, so they are never used.
const VOICES_WITHIN_MS = 800 // browsers list their voices a moment after they are first asked
const SECONDS_A_CHARACTER = 0.12 // slower than any voice reads: some browsers never say that they have finished

const longest = (characters) => 2000 + 1000 * SECONDS_A_CHARACTER * characters

const localVoice = async () => {
  const synthesis = window.speechSynthesis
  if (!synthesis) return null
  const find = () => synthesis.getVoices().find((voice) => voice.localService && voice.lang.toLowerCase().startsWith("en"))
  if (find()) return find()
  await new Promise((resolve) => {
    synthesis.addEventListener("voiceschanged", resolve, { once: true })
    setTimeout(resolve, VOICES_WITHIN_MS)
  })
  return find() ?? null
}

let playing = null
const hush = () => {
  window.speechSynthesis?.cancel()
  playing?.pause()
}

// Plays the sound that this computer makes of a text; false where it cannot be made or played.
const play = (address, characters) =>
  new Promise((resolve) => {
    const player = new Audio(address)
    playing = player
    player.onended = player.onpause = () => resolve(true)
    player.onerror = () => resolve(false)
    setTimeout(() => resolve(player.currentTime > 0), longest(characters))
    player.play().catch((error) => resolve(error.name === "AbortError")) // hushed before it began
  })

// Reads a text aloud; false where this computer has no voice of its own.
const speak = async (text) => {
  const voice = await localVoice()
  if (!voice) return false
  hush()
  const utterance = new SpeechSynthesisUtterance(text)
  utterance.voice = voice
  utterance.lang = voice.lang
  await new Promise((resolve) => {
    utterance.onend = resolve
    utterance.onerror = resolve
    setTimeout(resolve, longest(text.length))
    window.speechSynthesis.speak(utterance)
  })
  return true
}
