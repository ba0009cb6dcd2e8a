/** Closes the `details` menu inside when Escape is pressed or something else is used. */
export class PorticoMenu extends HTMLElement {
  #listeners

  connectedCallback() {
    this.#listeners = new AbortController()
    const { signal } = this.#listeners
    this.addEventListener("keydown", this.#closeOnEscape, { signal })
    this.addEventListener("focusout", this.#closeWhenLeft, { signal })
    document.addEventListener("pointerdown", this.#closeWhenOutside, { signal })
  }

  disconnectedCallback() {
    this.#listeners.abort()
  }

  get #menu() {
    return this.querySelector("details")
  }

  #closeOnEscape = (event) => {
    if (event.key !== "Escape" || !this.#menu.open) return
    event.stopPropagation()
    event.preventDefault() // or a dialog around it would close too
    this.#menu.open = false
    this.#menu.querySelector("summary").focus()
  }

  #closeWhenLeft = ({ relatedTarget }) => {
    if (relatedTarget && !this.contains(relatedTarget)) this.#menu.open = false
  }

  #closeWhenOutside = ({ target }) => {
    if (!this.contains(target)) this.#menu.open = false
  }
}
customElements.define("portico-menu", PorticoMenu)
