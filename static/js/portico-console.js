// The semicolons let collectstatic name the hashed files.
import "./portico-countdown.js";
import "./portico-request.js";

/**
 * Shows the console as an overlay over the page.
 *
 * The address changes to the console's, which is a page of its own too; closing it, or going back,
 * restores what was there before: the page, or the console from which this one was opened. Consoles
 * keep what was typed until the page is left; only the one shown stands in the document.
 */
export class PorticoConsole extends HTMLElement {
  #listeners
  #consoles = new Map()
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
    if (isReset) this.#consoles.delete(address)
    const wasShown = this.#dialog?.open && history.state?.console === address
    if (!(await this.#show(address))) return
    if (wasShown) history.replaceState({ console: address }, "", address)
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

  async #show(address) {
    const kept = this.#consoles.get(address)
    const shown = kept ?? (await this.#load(address))
    if (!shown) return false
    this.#putAway(shown.dialog)
    if (!this.contains(shown.dialog)) this.append(shown.dialog)
    if (kept) this.#refresh()
    else await this.#prepare(shown.dialog)
    if (shown.dialog.open) return true
    shown.dialog.showModal()
    const focused = shown.focused ?? shown.dialog.querySelector("[data-focus]")
    focused?.focus()
    return true
  }

  async #load(address) {
    const response = await fetch(address, { headers: { "HX-Request": "true" } })
    const page = new DOMParser().parseFromString(await response.text(), "text/html")
    const dialog = page.querySelector("dialog")
    if (!response.ok || !dialog) return location.assign(address)
    dialog.addEventListener("close", this.#restore)
    const loaded = { dialog, focused: undefined }
    this.#consoles.set(address, loaded)
    return loaded
  }

  /* Two consoles have the same ids, so that one leaves the document before the other comes. */
  #putAway(next) {
    const dialog = this.#dialog
    if (!dialog || dialog === next) return
    for (const kept of this.#consoles.values()) {
      if (kept.dialog === dialog) kept.focused = dialog.contains(document.activeElement) ? document.activeElement : undefined
    }
    dialog.remove()
    dialog.removeAttribute("open")
  }

  async #prepare(dialog) {
    globalThis.htmx.process(dialog)
    await this.#styled(dialog.querySelector("link"))
  }

  /* The style sheet comes with the first console, so that other pages do not load it. */
  #styled(link) {
    if (link.sheet) return undefined
    return new Promise((resolve) => {
      link.addEventListener("load", resolve)
      link.addEventListener("error", resolve)
    })
  }

  /* Tokens may have come or gone while the console was out of sight. */
  #refresh() {
    this.querySelector("form")?.dispatchEvent(new Event("change", { bubbles: true }))
  }

  #restore = ({ target }) => {
    if (target === this.#dialog && history.state?.console) history.back()
  }

  /* Only another environment replaces the whole console; the page behind shows the one before. */
  #noteChange = ({ target }) => {
    if (target.id !== "console") return
    this.#environmentChanged = true
    target.querySelector("[data-focus]")?.focus()
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
