import { inMemory } from './memory.ts'
import type { CommandResult, ProbeContext } from './running.ts'
import { startContainer, type ContainerSpec, type Holder } from './container.ts'
import type { Namespaces } from './namespaces.ts'
import type { SecretKeys } from './secret-keys.ts'
import type { WorldAddresses } from './world-addresses.ts'

/** Milliseconds a client command may take. */
const commandLimit = 20_000

/** Where commands beside the members of a world are run. */
export interface BesideGround {
  /** Of the world. */
  readonly name: string
  readonly image: string
  readonly addresses: Pick<WorldAddresses, 'client'>
  /** As in `Ground`. */
  readonly namespaces: Namespaces | undefined
  /** As in `ContainerSpec`. */
  readonly keys: SecretKeys
  /** What the world's containers have in common. */
  place(): Pick<ContainerSpec, 'network' | 'runId' | 'sharesFolders' | 'resolvConf' | 'hosts'>
  /** Where members are met that listen on 127.0.0.1 only. */
  inside(): Promise<Holder | undefined>
}

/** Runs commands beside the members of a world, each at the next of some addresses. */
export class Beside {
  readonly #ground: BesideGround
  #commands = 0

  constructor(ground: BesideGround) {
    this.#ground = ground
  }

  /** Runs a command and waits for its end. Errors: HarnessError `no-container`. */
  async run(
    command: readonly string[],
    options: Parameters<ProbeContext['runBeside']>[1],
  ): Promise<CommandResult> {
    const { name: world, image, addresses, namespaces, keys } = this.#ground
    const name = `${world}-client${String(this.#commands++)}`
    const spec = { ...this.#ground.place(), ...options, command, name, image, keys }
    const inside = await this.#ground.inside()
    if (inside !== undefined) return ended({ ...spec, address: '127.0.0.1', within: inside })
    const { address, giveBack } = addresses.client()
    try {
      return await ended({ ...spec, address, within: await namespaces?.holder(image, address) })
    } finally {
      giveBack()
    }
  }
}

/** Exit null: it did not end. */
async function ended(
  spec: Omit<ContainerSpec, 'tmpfs' | 'address'> & { readonly address: string; readonly keys: SecretKeys },
): Promise<CommandResult> {
  // As one that has data of its own: a berth gives it nothing of the command before it.
  const container = await startContainer({ ...spec, tmpfs: [inMemory] })
  let timer: NodeJS.Timeout | undefined
  const limit = new Promise<null>((resolve) => (timer = setTimeout(resolve, commandLimit, null)))
  try {
    const exit = await Promise.race([container.exited, limit])
    const { stdout, stderr } = container.output
    const said = { stdout: spec.keys.takenOutOf(stdout), stderr: spec.keys.takenOutOf(stderr) }
    return { exit, address: spec.address, ...said }
  } finally {
    clearTimeout(timer)
    await container.remove()
  }
}
