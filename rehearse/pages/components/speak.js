// Voices that are not local would send the question to somebody's server, so they are never used.
const VOICES_WITHIN_MS = 800 // browsers list their voices a moment after they are first asked
const SECONDS_A_CHARACTER = 0.12 // slower than any voice reads: some browsers never say that they have finished

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

const hush = () => window.speechSynthesis?.cancel()

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
    setTimeout(resolve, 2000 + 1000 * SECONDS_A_CHARACTER * text.length)
    window.speechSynthesis.speak(utterance)
  })
  return true
}
