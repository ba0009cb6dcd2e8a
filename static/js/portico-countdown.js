// The semicolon lets collectstatic name the hashed file.
import { durationText } from "./lib/durations.js";

const SOON_MS = 5 * 60 * 1000
const ANNOUNCED_MS = [SOON_MS, 60 * 1000, 0]
const HOUR_MS = 60 * 60 * 1000

/**
 * Counts down to `expires-at` in words and as a bar.
 *
 * `valid` and `expired` are the sentences, with "{time}" in them; `units` are the words for hours,
 * minutes and seconds. The text is announced at five minutes, one minute and the end only.
 */
export class PorticoCountdown extends HTMLElement {
  #timer
  #left = Infinity

  connectedCallback() {
    this.#tick()
  }

  disconnectedCallback() {
    clearTimeout(this.#timer)
  }

  #tick = () => {
    const left = this.#time("expires-at") - Date.now()
    const text = this.#text(left)
    this.querySelector("[role=timer]").textContent = text
    this.querySelector("progress").value = this.#percent(left)
    this.classList.toggle("countdown-soon", left > 0 && left < SOON_MS)
    this.classList.toggle("countdown-over", left <= 0)
    if (ANNOUNCED_MS.some((moment) => this.#left > moment && left <= moment && this.#left !== Infinity)) {
      this.querySelector("[data-announce]").textContent = text
    }
    this.#left = left
    if (left > 0) this.#timer = setTimeout(this.#tick, left < HOUR_MS ? 1000 : 30000)
  }

  #time(name) {
    return Date.parse(this.getAttribute(name))
  }

  #percent(left) {
    const life = this.#time("expires-at") - this.#time("obtained-at")
    return Math.max(0, Math.min(100, (left / life) * 100))
  }

  #text(left) {
    if (left > 0) {
      return this.getAttribute("valid").replace("{time}", durationText(left, this.getAttribute("units").split(" ")))
    }
    const time = new Date(this.#time("expires-at")).toISOString().slice(11, 16)
    return this.getAttribute("expired").replace("{time}", `${time} UTC`)
  }
}
customElements.define("portico-countdown", PorticoCountdown)
