// Stands before recorder. Sends blocks in order over one connection after another: what the server has not confirmed
// stays in memory and goes again.
const RETRY_MS = 500
const GIVE_UP_MS = 30000 // after Stop

const openLine = ({ path, rate, block, onLost, onBack, onFull, onRemark, onSaved, onFailed }) => {
  let socket = null
  let next = 0
  let waiting = [] // [number, message]
  let wish = "" // "stop" or "leave", once it is known
  let over = false
  let gaveUpAt = Infinity
  let lost = false

  const send = (message) => socket?.readyState === WebSocket.OPEN && socket.send(message)
  const done = (tell, value) => {
    if (over) return
    over = true
    socket?.close()
    if (wish !== "leave") tell(value)
  }
  const depart = () => {
    send(wish)
    over = true
    socket.close()
  }
  const connect = () => {
    const first = waiting.length ? waiting[0][0] : next
    const address = new URL(path, location.href)
    address.protocol = location.protocol.replace("http", "ws")
    const parameters = { rate, block, first }
    Object.entries(parameters).forEach(([name, value]) => address.searchParams.set(name, value))
    socket = new WebSocket(address)
    const current = socket
    let opened = false
    socket.onopen = () => {
      opened = true
      waiting.forEach(([, message]) => send(message))
      if (wish === "leave") {
        depart()
        return
      }
      if (wish) send(wish)
      if (lost) onBack()
      lost = false
    }
    socket.onmessage = ({ data }) => {
      const told = JSON.parse(data)
      if (told.next !== undefined) waiting = waiting.filter(([number]) => number >= told.next)
      if (told.full) onFull()
      if (told.remark) onRemark(told.remark)
      if (told.saved) done(onSaved, told)
      else if (told.error) done(onFailed, told.error)
    }
    socket.onclose = () => {
      if (over || current !== socket) return
      if (performance.now() > gaveUpAt) {
        done(onFailed, "")
        return
      }
      if (!lost && wish !== "leave") onLost()
      lost = true
      setTimeout(connect, opened ? 0 : RETRY_MS)
    }
  }
  connect()
  return {
    push(samples) {
      const message = new Uint8Array(4 + samples.byteLength)
      new DataView(message.buffer).setUint32(0, next, true)
      message.set(new Uint8Array(samples), 4)
      waiting.push([next, message])
      next += 1
      send(message)
    },
    stop() {
      wish = "stop"
      gaveUpAt = performance.now() + GIVE_UP_MS
      send(wish)
    },
    // What is not sent yet, and the wish itself, wait for a connection that is only just being made.
    leave() {
      if (over) return
      wish = "leave"
      gaveUpAt = performance.now() + GIVE_UP_MS
      if (socket.readyState === WebSocket.OPEN) depart()
    },
  }
}
