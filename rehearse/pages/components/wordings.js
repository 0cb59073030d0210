// Struck-out and added words carry a hidden word for screen readers, which say nothing of <del> and <ins> by themselves.
const SPOKEN = { dropped: "dropped: ", added: "added: " }
const TAGS = { dropped: "del", added: "ins", filler: "span", both: "span" }

const make = (tag, className, text = "") => {
  const element = document.createElement(tag)
  element.className = className
  element.textContent = text // never innerHTML: what was said is untrusted
  return element
}

const stretch = ({ text, status }) => {
  const element = make(TAGS[status], `stretch ${status}`)
  if (SPOKEN[status]) element.append(make("span", "spoken", SPOKEN[status]))
  element.append(document.createTextNode(text))
  return element
}

export default function ({ data, parentElement }) {
  const old = parentElement.querySelector(".side")
  const side = make("p", "side")
  side.setAttribute("aria-label", data.label)
  side.setAttribute("role", "group")
  for (const one of data.stretches) side.append(stretch(one), " ")
  if (old) old.replaceWith(side)
  else parentElement.append(side)
}
