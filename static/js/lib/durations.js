/**
 * A time span in words, such as "42 min 10 s"; seconds only under one hour.
 * @param {number} milliseconds
 * @param {string[]} units the words for hours, minutes and seconds
 * @returns {string}
 */
export function durationText(milliseconds, [hour, minute, second]) {
  const seconds = Math.max(0, Math.floor(milliseconds / 1000))
  const minutes = Math.floor(seconds / 60)
  if (minutes < 1) return `${seconds} ${second}`
  if (minutes < 60) return `${minutes} ${minute} ${seconds % 60} ${second}`
  return `${Math.floor(minutes / 60)} ${hour} ${minutes % 60} ${minute}`
}
