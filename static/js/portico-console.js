// The semicolons let collectstatic name the hashed files.
import "./portico-countdown.js";
import "./portico-request.js";

/**
 * Shows the console as an overlay over the page.
 *
 * The address changes to the console's, which is a page of its own too; closing it, or going back,
 * restores the page's. A console that was closed keeps what was typed until the page is left.
 */
export class PorticoConsole extends HTMLElement {
  #listeners
  #address
  #environmentChanged = false

  connectedCallback() {
    this.#listeners = new AbortController()
    const { signal } = this.#listeners
    this.addEventListener("click", this.#click, { signal })
    this.addEventListener("htmx:afterSwap", this.#noteChange, { signal })
    addEventListener("popstate", this.#follow, { signal })
  }

  disconnectedCallback() {
    this.#listeners.abort()
  }

  /**
   * Opens the console at its address; `isReset` forgets what was typed there.
   * @param {string} address
   * @param {boolean} isReset
   */
  async open(address, isReset = false) {
    const wasOpen = this.#dialog?.open
    await this.#show(address, isReset)
    if (wasOpen) history.replaceState({ console: address }, "", address)
    else history.pushState({ console: address }, "", address)
  }

  get #dialog() {
    return this.querySelector("dialog")
  }

  #click = (event) => {
    if (!event.target.closest("a[data-console-close]")) return
    event.preventDefault()
    this.#dialog.close()
  }

  async #show(address, isReset = false) {
    if (isReset || this.#address !== address || !this.#dialog) await this.#load(address)
    else this.#refresh()
    if (this.#dialog && !this.#dialog.open) this.#dialog.showModal()
  }

  async #load(address) {
    const response = await fetch(address, { headers: { "HX-Request": "true" } })
    const page = new DOMParser().parseFromString(await response.text(), "text/html")
    const dialog = page.querySelector("dialog")
    if (!response.ok || !dialog) return location.assign(address)
    const wasOpen = this.#dialog?.open
    this.#dialog?.remove()
    this.#address = address
    dialog.addEventListener("close", this.#restore)
    this.append(dialog)
    globalThis.htmx.process(dialog)
    await this.#styled(dialog.querySelector("link"))
    if (wasOpen) dialog.showModal()
  }

  /* The style sheet comes with the first console, so that other pages do not load it. */
  #styled(link) {
    if (link.sheet) return undefined
    return new Promise((resolve) => {
      link.addEventListener("load", resolve)
      link.addEventListener("error", resolve)
    })
  }

  /* Tokens may have come or gone while the console was closed. */
  #refresh() {
    this.querySelector("form")?.dispatchEvent(new Event("change", { bubbles: true }))
  }

  #restore = () => {
    if (history.state?.console) history.back()
  }

  /* Only another environment replaces the whole console; the page behind shows the one before. */
  #noteChange = ({ target }) => {
    if (target.id === "console") this.#environmentChanged = true
  }

  #follow = ({ state }) => {
    if (state?.console) return this.#show(state.console)
    if (this.#dialog?.open) this.#dialog.close()
    if (this.#environmentChanged) location.reload()
  }
}
customElements.define("portico-console", PorticoConsole)

/* Links to a console stand anywhere on a page; the overlay is made with the first one used. */
document.addEventListener("click", async (event) => {
  const link = event.target.closest("a[data-console]")
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return
  event.preventDefault()
  const overlay = document.querySelector("portico-console") ?? document.createElement("portico-console")
  if (!overlay.isConnected) document.body.append(overlay)
  link.setAttribute("aria-busy", "true")
  await overlay.open(link.href, link.matches("[data-console-reset]"))
  link.removeAttribute("aria-busy")
})
