import type { Watch } from './watch.ts'

/** Characters kept of a body or of a response. */
export const keptBody = 4096
/** Characters read at most when only some lines are kept. */
const readAtMost = 4 * 1024 * 1024

/**
 * The start of a body, or of its lines that contain `lines`. A body that breaks off is kept as far as it came, with
 * the reason in `watch`.
 */
export async function startOf(
  body: AsyncIterable<Uint8Array>,
  watch: Watch,
  lines?: string,
): Promise<string> {
  const decoder = new TextDecoder()
  const most = lines === undefined ? keptBody : readAtMost
  let text = ''
  try {
    for await (const chunk of body) {
      text += decoder.decode(chunk, { stream: true })
      if (text.length >= most) break
    }
  } catch (error) {
    if (watch.closed === undefined) watch.fail(error)
  }
  return grep(text, lines).slice(0, keptBody)
}

/** The lines of a text that contain another, as grep does; the whole text without one. */
export const grep = (text: string, lines: string | undefined): string =>
  lines === undefined
    ? text
    : text
        .split('\n')
        .filter((line) => line.includes(lines))
        .map((line) => `${line}\n`)
        .join('')
