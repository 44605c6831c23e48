import type { CommandResult } from './running.ts'
import { startContainer, type ContainerSpec } from './container.ts'

/** Milliseconds a client command may take. */
const commandLimit = 20_000

/** Runs one command in a container of its own, waits for its end and removes it. Exit null: it did not end. */
export async function runBeside(
  spec: Omit<ContainerSpec, 'tmpfs' | 'address'> & { readonly address: string },
): Promise<CommandResult> {
  const container = await startContainer({ ...spec, tmpfs: [] })
  let timer: NodeJS.Timeout | undefined
  const limit = new Promise<null>((resolve) => (timer = setTimeout(resolve, commandLimit, null)))
  try {
    const exit = await Promise.race([container.exited, limit])
    return { exit, address: spec.address, ...container.output }
  } finally {
    clearTimeout(timer)
    await container.remove()
  }
}
