/** A container of the engine's client. */
interface Removable {
  remove(how: { readonly force: true; readonly v: true }): Promise<unknown>
}

/**
 * Takes a container and its volumes away by force. Of one whose process ends by itself just then the engine finds that there is
 * nothing to kill, and leaves it (500, `Kill` of daemon/kill.go); what does not run any more goes without killing.
 * Errors: the engine's.
 */
export async function forceAway(container: Removable): Promise<void> {
  const remove = (): Promise<unknown> => container.remove({ force: true, v: true })
  try {
    await remove()
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : String(cause)
    if (!message.trim().endsWith('is not running')) throw cause
    await remove()
  }
}
