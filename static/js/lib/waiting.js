const BUSY_MS = 100
const COUNT_MS = 1000
const LIMIT_NAMED_MS = 10_000

/**
 * How a request under way shows: nothing at first, then busy buttons, then the seconds, at last
 * the limit.
 *
 * `sending` and `stopping` of the element are the sentences, with "{seconds}" in them; buttons are
 * those that submit the form, the one marked `data-send` changes its label.
 */
export class Waiting {
  #element
  #form
  #busyTimer
  #countTimer

  /** @param {HTMLElement} element the request with its response */
  constructor(element) {
    this.#element = element
  }

  /** @param {HTMLFormElement} form the form that is sent */
  begin(form) {
    this.end()
    this.#form = form
    const started = Date.now()
    const complaint = this.#element.querySelector("[data-complaint]")
    if (complaint) complaint.hidden = true
    this.#busyTimer = setTimeout(() => this.#show(true), BUSY_MS)
    this.#countTimer = setInterval(() => this.#count(Date.now() - started), COUNT_MS)
  }

  end() {
    clearTimeout(this.#busyTimer)
    clearInterval(this.#countTimer)
    if (this.#form) this.#show(false)
    const line = this.#line
    if (line) line.hidden = true
  }

  get #line() {
    return this.#element.querySelector("[data-sending]")
  }

  #show(isBusy) {
    for (const button of this.#form.elements) {
      if (button.type === "submit") this.#set(button, "aria-disabled", isBusy)
    }
    this.#set(this.#form.querySelector("[data-send]"), "aria-busy", isBusy)
    this.#set(this.#element.querySelector(".console-response"), "aria-busy", isBusy)
  }

  #set(element, name, isOn) {
    if (isOn) element?.setAttribute(name, "true")
    else element?.removeAttribute(name)
  }

  #count(passed) {
    const line = this.#line
    if (!line) return
    const sentence = this.#element.getAttribute(passed < LIMIT_NAMED_MS ? "sending" : "stopping")
    line.textContent = sentence.replace("{seconds}", Math.round(passed / 1000))
    line.hidden = false
  }
}
