// Stands before each component that uses it.
const make = (tag, className, text = "") => {
  const element = document.createElement(tag)
  element.className = className
  element.textContent = text // never innerHTML: what was said is untrusted
  if (tag === "button") element.type = "button"
  return element
}
const clock = (seconds) => `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, "0")}`
