/** Does it the first time it is called, and nothing after that. */
export function once(act: () => void): () => void {
  let done = false
  return () => {
    if (done) return
    done = true
    act()
  }
}
