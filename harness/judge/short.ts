/** One line of a text, cut. */
export const short = (text: string, length = 200): string => {
  const line = text.replaceAll(/\s+/g, ' ').trim()
  return line.length > length ? `${line.slice(0, length)}…` : line
}
