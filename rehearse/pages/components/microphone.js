// Stands before recorder. Opens the microphone without the browser's own processing, which would change what is
// measured, and hands out blocks of 16-bit samples.
const BLOCK_SECONDS = 0.1
const WANTED_RATE = 16000 // Whisper's own
const TAP = `
  registerProcessor("rehearse-tap", class extends AudioWorkletProcessor {
    constructor({ processorOptions }) {
      super()
      this.size = processorOptions.size
      this.open = true
      this.begin()
      this.port.onmessage = ({ data }) => {
        this.open = data === "open"
        if (!this.open) this.send()
        if (data === "close") this.port.postMessage(null)
      }
    }
    begin() {
      this.block = new Int16Array(this.size)
      this.filled = 0
    }
    send() {
      const block = this.block.slice(0, this.filled)
      if (this.filled) this.port.postMessage(block.buffer, [block.buffer])
      this.begin()
    }
    process([[samples]]) {
      if (!this.open || !samples) return true
      for (const sample of samples) {
        this.block[this.filled++] = Math.max(-32768, Math.min(32767, Math.round(sample * 32768)))
        if (this.filled === this.size) this.send()
      }
      return true
    }
  })`

const canStream = () =>
  Boolean(window.WebSocket && window.AudioWorkletNode && window.AudioContext && window.isSecureContext)

const contextFor = async (rate) => {
  const context = new AudioContext(rate ? { sampleRate: rate } : {})
  const address = URL.createObjectURL(new Blob([TAP], { type: "text/javascript" }))
  try {
    await context.audioWorklet.addModule(address)
  } finally {
    URL.revokeObjectURL(address)
  }
  return context
}

const openStream = () =>
  navigator.mediaDevices.getUserMedia({
    audio: { echoCancellation: false, noiseSuppression: false, autoGainControl: false, channelCount: 1 },
  })

// Some browsers connect a microphone only to a context of its own rate.
const connected = async (stream) => {
  for (const rate of [WANTED_RATE, null]) {
    let context = null
    try {
      context = await contextFor(rate)
      return { context, source: context.createMediaStreamSource(stream) }
    } catch (error) {
      context?.close()
      if (!rate) throw error
    }
  }
}

// Calls onBlock with an ArrayBuffer of samples, and onLost when the device is gone.
const openMicrophone = async (onBlock, onLost) => {
  let stream = await openStream()
  const { context, source } = await connected(stream)
  const size = Math.round(context.sampleRate * BLOCK_SECONDS)
  const tap = new AudioWorkletNode(context, "rehearse-tap", {
    channelCount: 1,
    channelCountMode: "explicit",
    processorOptions: { size },
  })
  let closed = null
  let from = source
  tap.port.onmessage = ({ data }) => (data ? onBlock(data) : closed?.())
  const listen = () => stream.getTracks().forEach((track) => (track.onended = onLost))
  listen()
  from.connect(tap).connect(context.destination) // silence; what leads nowhere is not run by every browser
  await context.resume()
  const release = () => {
    stream.getTracks().forEach((track) => track.stop())
    if (context.state !== "closed") context.close()
  }
  return {
    rate: context.sampleRate,
    size,
    pause: () => tap.port.postMessage("pause"),
    async goOn() {
      if (!stream.active) {
        stream = await openStream()
        from.disconnect()
        from = context.createMediaStreamSource(stream)
        from.connect(tap)
        listen()
      }
      await context.resume()
      tap.port.postMessage("open")
    },
    // Resolves once the last block has been handed out.
    async close() {
      const last = new Promise((resolve) => {
        closed = resolve
        setTimeout(resolve, 500) // a context that the browser has stopped answers no more
      })
      tap.port.postMessage("close")
      await last
      release()
    },
    release,
  }
}
