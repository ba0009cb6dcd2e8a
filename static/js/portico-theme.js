/** Switches between light and dark, and keeps the choice in this browser. */
export class PorticoTheme extends HTMLElement {
  #listeners

  connectedCallback() {
    this.#listeners = new AbortController()
    this.addEventListener("click", this.#switch, { signal: this.#listeners.signal })
  }

  disconnectedCallback() {
    this.#listeners.abort()
  }

  #switch = () => {
    const root = document.documentElement
    const shown = root.dataset.theme || (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light")
    root.dataset.theme = shown === "dark" ? "light" : "dark"
    this.#keep(root.dataset.theme)
  }

  #keep(theme) {
    try {
      localStorage.setItem("theme", theme)
    } catch {
      /* Storage is switched off: the choice holds for this page. */
    }
  }
}
customElements.define("portico-theme", PorticoTheme)
