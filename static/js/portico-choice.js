/** A `select` whose options are ids of sections inside: shows the chosen one, hides the others. */
export class PorticoChoice extends HTMLElement {
  #listeners

  connectedCallback() {
    this.#listeners = new AbortController()
    this.#select.addEventListener("change", this.#show, { signal: this.#listeners.signal })
    this.#show()
  }

  disconnectedCallback() {
    this.#listeners.abort()
  }

  get #select() {
    return this.querySelector("select")
  }

  #show = () => {
    for (const { value } of this.#select.options) {
      this.querySelector(`#${CSS.escape(value)}`).hidden = value !== this.#select.value
    }
  }
}
customElements.define("portico-choice", PorticoChoice)
