/** Text of strangers in a message: quoted, no control characters, cut to `limit` characters. */
export function printable(text: string, limit = 80): string {
  const clean = JSON.stringify(text.slice(0, limit * 2).replaceAll(/[\p{Cc}\p{Cf}]+/gu, '·'))
  return clean.length > limit ? `${clean.slice(0, limit - 2)}…"` : clean
}
