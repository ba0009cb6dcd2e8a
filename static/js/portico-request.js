const COUNT_MS = 1000

/**
 * The request's form and its response: Ctrl Enter sends, chips lead to their fields, a request
 * under way is shown and counted, and a portal that does not answer is said where one looks.
 *
 * `unreachable` and `refused` are the sentences for the last case.
 */
export class PorticoRequest extends HTMLElement {
  #listeners
  #timer

  connectedCallback() {
    this.#listeners = new AbortController()
    const { signal } = this.#listeners
    this.addEventListener("keydown", this.#sendByKey, { signal })
    this.addEventListener("click", this.#goToField, { signal })
    this.addEventListener("htmx:configRequest", this.#nameButton, { signal })
    this.addEventListener("htmx:beforeRequest", this.#begin, { signal })
    this.addEventListener("htmx:afterRequest", this.#end, { signal })
    this.addEventListener("htmx:afterSettle", this.#markFields, { signal })
    this.addEventListener("htmx:sendError", () => this.#complain("unreachable"), { signal })
    this.addEventListener("htmx:responseError", () => this.#complain("refused"), { signal })
  }

  disconnectedCallback() {
    this.#listeners.abort()
    clearInterval(this.#timer)
  }

  get #form() {
    return this.querySelector("form")
  }

  get #button() {
    return this.querySelector("[data-send]")
  }

  #sendByKey = (event) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return
    event.preventDefault()
    this.#form.requestSubmit(this.#button)
  }

  #goToField = (event) => {
    const link = event.target.closest("a[data-field]")
    const field = link && this.querySelector(`#${CSS.escape(link.hash.slice(1))}`)
    if (!field) return
    event.preventDefault()
    const panel = field.closest("[role=tabpanel]")
    if (panel?.hidden) this.querySelector(`a[href="#${CSS.escape(panel.id)}"]`).click()
    field.focus()
  }

  /* htmx knows the pressed button only when it stands inside the form. */
  #nameButton = ({ detail }) => {
    const button = detail.triggeringEvent?.submitter
    if (button?.name) detail.parameters[button.name] = button.value
  }

  #begin = ({ detail }) => {
    if (detail.elt !== this.#form) return
    const started = Date.now()
    this.#button.setAttribute("aria-busy", "true")
    this.#button.setAttribute("aria-disabled", "true")
    const line = this.querySelector("[data-sending]")
    const template = line?.textContent ?? ""
    this.#timer = setInterval(() => {
      line.textContent = template.replace("{seconds}", Math.round((Date.now() - started) / 1000))
      line.hidden = false
    }, COUNT_MS)
  }

  #end = ({ detail }) => {
    if (detail.elt !== this.#form) return
    clearInterval(this.#timer)
    this.#button?.removeAttribute("aria-busy")
    this.#button?.removeAttribute("aria-disabled")
    this.querySelector(".response-line")?.scrollIntoView({ block: "nearest" })
  }

  #markFields = () => {
    for (const error of this.querySelectorAll(".field-error[id$='-error']")) {
      const field = this.querySelector(`#${CSS.escape(error.id.replace(/-error$/, ""))}`)
      field?.setAttribute("aria-invalid", String(error.childElementCount > 0))
    }
  }

  #complain(name) {
    const line = this.querySelector("[data-sending]")
    if (!line) return
    line.textContent = this.getAttribute(name)
    line.hidden = false
  }
}
customElements.define("portico-request", PorticoRequest)
