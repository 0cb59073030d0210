// Stands before recorder_keys. Streamlit hands nobody the stream that it records, so it is noted as it is opened: a
// second one would ask for the microphone again in some browsers, and could be another microphone.
const QUIET_DBFS = -70 // as for this computer's own microphone
const FIRST_SECONDS = 2 // without any sound since the start
const LATER_SECONDS = 10 // some browsers filter a room's noise out, and a person may think

const noteStreams = () => {
  const devices = navigator.mediaDevices
  if (!devices || devices.getUserMedia.noted) return
  const open = devices.getUserMedia.bind(devices)
  const noted = { stream: null }
  devices.getUserMedia = async (wanted) => {
    const stream = await open(wanted)
    if (stream.getAudioTracks().length) noted.stream = stream
    return stream
  }
  devices.getUserMedia.noted = noted
}

const loudness = (samples) => {
  let power = 0
  for (const sample of samples) power += sample * sample
  return 10 * Math.log10(power / samples.length + 1e-12)
}

// Tells, each time it is asked during a recording, for how many seconds too long no sound has arrived.
const levelWatch = () => {
  let context = null
  let source = null
  let analyser = null
  let stream = null
  let samples = null
  let lastSound = 0
  let heard = false

  const listen = (next) => {
    source?.disconnect()
    stream = next
    context ??= new AudioContext()
    analyser ??= Object.assign(context.createAnalyser(), { fftSize: 16384 })
    samples ??= new Float32Array(analyser.fftSize)
    source = context.createMediaStreamSource(stream)
    source.connect(analyser)
    lastSound = performance.now()
    heard = false
  }
  return {
    isSilent() {
      const next = navigator.mediaDevices?.getUserMedia.noted?.stream
      if (!next?.active) return false
      if (next !== stream) listen(next)
      if (context.state !== "running") {
        context.resume() // nothing is known while the browser holds it back
        lastSound = performance.now()
        return false
      }
      analyser.getFloatTimeDomainData(samples)
      if (loudness(samples) > QUIET_DBFS) {
        lastSound = performance.now()
        heard = true
      }
      return performance.now() - lastSound > 1000 * (heard ? LATER_SECONDS : FIRST_SECONDS)
    },
    stop() {
      source?.disconnect()
      source = stream = null
    },
    close() {
      context?.close()
    },
  }
}
