// The semicolon lets collectstatic name the hashed file.
import { Waiting } from "./lib/waiting.js";

const HTTP_FORBIDDEN = 403
const CSRF_FIELD = "[name=csrfmiddlewaretoken]"

/**
 * The request's form and its response: Ctrl Enter sends, chips lead to their fields, a request
 * under way is shown and counted, and a portal that does not answer is said where one looks.
 *
 * `unreachable`, `refused` and `stale` are the sentences for the last case. A button names in
 * `data-next` what gets the focus when it is gone.
 */
export class PorticoRequest extends HTMLElement {
  #listeners
  #waiting
  #focused = null

  connectedCallback() {
    this.#listeners = new AbortController()
    const { signal } = this.#listeners
    this.#waiting = new Waiting(this)
    this.addEventListener("keydown", this.#sendByKey, { signal })
    this.addEventListener("click", this.#dropSecondClick, { signal, capture: true })
    this.addEventListener("click", this.#goToField, { signal })
    this.addEventListener("htmx:configRequest", this.#nameButton, { signal })
    this.addEventListener("htmx:beforeRequest", this.#begin, { signal })
    this.addEventListener("htmx:afterRequest", this.#end, { signal })
    this.addEventListener("htmx:beforeSwap", this.#noteFocus, { signal })
    this.addEventListener("htmx:oobBeforeSwap", this.#keepSame, { signal })
    this.addEventListener("htmx:afterSettle", this.#settle, { signal })
    this.addEventListener("htmx:sendError", this.#complainOfSilence, { signal })
    this.addEventListener("htmx:responseError", this.#complainOfRefusal, { signal })
  }

  disconnectedCallback() {
    this.#listeners.abort()
    this.#waiting.end()
  }

  get #form() {
    return this.querySelector("form")
  }

  #sendByKey = (event) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return
    event.preventDefault()
    this.#form.requestSubmit(this.querySelector("[data-send]"))
  }

  /* The answer to the first click of a double click may be there before the second. */
  #dropSecondClick = (event) => {
    if (event.detail > 1 && event.target.closest("button")?.type === "submit") event.preventDefault()
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

  /* htmx knows the pressed button only when it stands inside the form; the fragment of its address
     is for browsers without script. */
  #nameButton = ({ detail }) => {
    const button = detail.triggeringEvent?.submitter
    if (button?.name) detail.parameters[button.name] = button.value
    detail.path = detail.path.split("#")[0]
  }

  #begin = ({ detail }) => {
    if (detail.elt === this.#form) this.#waiting.begin(this.#form)
  }

  #end = ({ detail }) => {
    if (detail.elt !== this.#form) return
    this.#waiting.end()
    this.querySelector(".response-line")?.scrollIntoView({ block: "nearest" })
  }

  /* Swaps overlap: what the first one took the focus from is what the last one gives it back to. */
  #noteFocus = () => {
    const { activeElement } = document
    if (this.contains(activeElement)) this.#focused = activeElement
  }

  /* Parts that say the same stay, so that a button is not replaced while it is being pressed. */
  #keepSame = ({ detail }) => {
    if (detail.target.isEqualNode(detail.fragment.firstElementChild)) detail.shouldSwap = false
  }

  #settle = () => {
    this.#markFields()
    if (this.#focused && document.activeElement === document.body) this.#successor()?.focus()
    this.#focused = null
  }

  #successor() {
    const { id, dataset } = this.#focused
    const names = [id, dataset.next, "console-send"].filter(Boolean)
    return names.map((name) => this.querySelector(`#${CSS.escape(name)}`)).find(Boolean)
  }

  #markFields() {
    for (const error of this.querySelectorAll(".field-error[id$='-error']")) {
      const field = this.querySelector(`#${CSS.escape(error.id.replace(/-error$/, ""))}`)
      field?.setAttribute("aria-invalid", String(error.childElementCount > 0))
    }
  }

  #complainOfSilence = ({ detail }) => {
    if (detail.elt.matches("form")) this.#complain("unreachable")
  }

  /* A form that is too old is answered with the token of today, so that it can be sent again. */
  #complainOfRefusal = ({ detail }) => {
    const isStale = detail.xhr.status === HTTP_FORBIDDEN && this.#renewForms(detail.xhr.responseText)
    if (detail.elt.matches("form")) this.#complain(isStale ? "stale" : "refused")
  }

  #renewForms(html) {
    const fresh = new DOMParser().parseFromString(html, "text/html").querySelector(CSRF_FIELD)
    if (!fresh) return false
    for (const field of this.querySelectorAll(CSRF_FIELD)) field.value = fresh.value
    return true
  }

  #complain(name) {
    const line = this.querySelector("[data-complaint]")
    if (!line) return
    line.textContent = this.getAttribute(name)
    line.hidden = false
  }
}
customElements.define("portico-request", PorticoRequest)
