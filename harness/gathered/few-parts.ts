/** Values in a document: a few for each line of its logs. Many more cost gigabytes once they are parsed. */
const mostParts = 10_000_000
const [quote, backslash, list, object, comma] = Array.from('"\\[{,', (one) => one.charCodeAt(0))

/** Whether a JSON text, of any size, has so few lists, objects and items that it can be parsed. */
export function hasFewParts(text: Uint8Array): boolean {
  let parts = 0
  let isText = false
  for (let at = 0; at < text.length && parts <= mostParts; at += 1) {
    const byte = text[at]
    if (byte === quote) isText = !isText
    else if (isText && byte === backslash) at += 1
    else if (!isText && (byte === list || byte === object || byte === comma)) parts += 1
  }
  return parts <= mostParts
}
