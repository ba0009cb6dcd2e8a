/* Runs before the first paint, so that a chosen theme does not flash. */
try {
  document.documentElement.dataset.theme = localStorage.getItem("theme") ?? ""
} catch {
  /* Storage is switched off: the system's theme holds. */
}
