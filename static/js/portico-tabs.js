const STEPS = { ArrowRight: 1, ArrowLeft: -1 }

/**
 * Makes tabs of the links in `[data-tabs]` and of the sections they lead to.
 *
 * Without script the sections stand below each other under their own names. A link marked
 * `data-first` is selected first, unless the address leads into another section.
 */
export class PorticoTabs extends HTMLElement {
  #listeners
  #tabs = []

  connectedCallback() {
    this.#listeners = new AbortController()
    const list = this.querySelector("[data-tabs]")
    this.#tabs = [...list.querySelectorAll("a")]
    list.setAttribute("role", "tablist")
    for (const tab of this.#tabs) this.#adopt(tab)
    list.addEventListener("click", this.#click, { signal: this.#listeners.signal })
    list.addEventListener("keydown", this.#move, { signal: this.#listeners.signal })
    const selected = this.#tabs.find((tab) => tab.ariaSelected === "true")
    this.select(selected ?? this.#addressed() ?? this.#tabs.find((tab) => tab.dataset.first !== undefined) ?? this.#tabs[0])
  }

  disconnectedCallback() {
    this.#listeners.abort()
  }

  /**
   * Shows the section of one tab and hides the others.
   * @param {HTMLAnchorElement} chosen
   */
  select(chosen) {
    for (const tab of this.#tabs) {
      tab.setAttribute("aria-selected", String(tab === chosen))
      tab.tabIndex = tab === chosen ? 0 : -1
      this.#panel(tab).hidden = tab !== chosen
    }
    this.dispatchEvent(new CustomEvent("portico:selected", { bubbles: true, detail: { id: this.#name(chosen) } }))
  }

  #name(tab) {
    return decodeURIComponent(tab.hash.slice(1))
  }

  #panel(tab) {
    return this.querySelector(`#${CSS.escape(this.#name(tab))}`)
  }

  #adopt(tab) {
    const panel = this.#panel(tab)
    tab.setAttribute("role", "tab")
    tab.id ||= `${this.#name(tab)}-tab`
    tab.setAttribute("aria-controls", panel.id)
    panel.setAttribute("role", "tabpanel")
    panel.setAttribute("aria-labelledby", tab.id)
  }

  #addressed() {
    const id = decodeURIComponent(location.hash.slice(1))
    if (!id) return undefined
    return this.#tabs.find((tab) => this.#name(tab) === id || this.#panel(tab).querySelector(`#${CSS.escape(id)}`))
  }

  #click = (event) => {
    const tab = event.target.closest("a")
    if (!tab) return
    event.preventDefault()
    this.select(tab)
  }

  #move = (event) => {
    const step = STEPS[event.key]
    const current = this.#tabs.indexOf(event.target.closest("a"))
    if (!step || current < 0) return
    event.preventDefault()
    const next = this.#tabs.at((current + step) % this.#tabs.length)
    this.select(next)
    next.focus()
  }
}
customElements.define("portico-tabs", PorticoTabs)
