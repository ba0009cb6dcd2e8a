const SHOWN_MS = 2000

/**
 * Copies its `value`, or else the text of the first `pre` inside that is not hidden.
 *
 * The button inside is `[data-copy]`; `[data-copy-status]` announces `copied` or `failed`, the
 * texts of these attributes.
 */
export class PorticoCopy extends HTMLElement {
  #listeners
  #timer

  connectedCallback() {
    this.#listeners = new AbortController()
    this.addEventListener("click", this.#copy, { signal: this.#listeners.signal })
  }

  disconnectedCallback() {
    this.#listeners.abort()
    clearTimeout(this.#timer)
  }

  #copy = async (event) => {
    const button = event.target.closest("[data-copy]")
    if (!button) return
    const source = this.#source()
    try {
      await navigator.clipboard.writeText(this.getAttribute("value") ?? source?.textContent ?? "")
      this.#show(button, "check", this.getAttribute("copied") ?? "")
      this.dispatchEvent(new CustomEvent("portico:copied", { bubbles: true }))
    } catch {
      /* Browsers give the clipboard to secure pages only: leave the text selected instead. */
      if (source) getSelection().selectAllChildren(source)
      this.#show(button, "alert", this.getAttribute("failed") ?? "")
    }
  }

  #source() {
    return [...this.querySelectorAll("pre")].find((text) => !text.closest("[hidden]"))
  }

  #show(button, icon, message) {
    const status = this.querySelector("[data-copy-status]")
    const use = button.querySelector("use")
    use.setAttribute("href", `#i-${icon}`)
    if (status) status.textContent = message
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => {
      use.setAttribute("href", "#i-copy")
      if (status) status.textContent = ""
    }, SHOWN_MS)
  }
}
customElements.define("portico-copy", PorticoCopy)
