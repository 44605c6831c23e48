/** Where processes keep data in memory. */
export const inMemory = '/var/lib/etcd-tls'

/**
 * What a folder in memory is made of. etcd sets 128 MB aside whenever it starts (`Preallocate`, client/pkg/fileutil):
 * of tmpfs it is given every page of them; ramfs refuses, and etcd makes the files that long without.
 */
export type Memory = 'ramfs' | 'tmpfs'

type Labels = Record<string, string>

/** As the engine's API has it. */
interface Folders {
  readonly Tmpfs?: Record<string, string>
  readonly Mounts?: ReturnType<typeof ramfs>[]
}

/** Folders in memory, for what a container is made of; `labels` of the volumes, if they are any. Pure. */
export const foldersIn = (memory: Memory, paths: readonly string[], labels: Labels): Folders =>
  memory === 'tmpfs'
    ? { Tmpfs: Object.fromEntries(paths.map((path) => [path, 'rw'])) }
    : { Mounts: paths.map((path) => ramfs(path, labels)) }

/** A volume that goes with its container. */
const ramfs = (path: string, labels: Labels) => ({
  Type: 'volume' as const,
  Source: '',
  Target: path,
  VolumeOptions: {
    NoCopy: true,
    Labels: labels,
    DriverConfig: { Name: 'local', Options: { type: 'ramfs', device: 'ramfs' } },
  },
})

/** Its words where an engine cannot mount a volume, for instance one without the right to. */
const unmounted = /volume|ramfs/i

/** Which memory the engine of this process has; found out by the first that asks it for the better one. */
export class MemoryChoice {
  #memory: Memory = 'ramfs'

  /** Makes a container with ramfs, or with tmpfs where the engine cannot mount the other. Errors: those of `make`. */
  async make<T>(make: (memory: Memory) => Promise<T>): Promise<T> {
    const memory = this.#memory
    try {
      return await make(memory)
    } catch (error) {
      if (memory === 'tmpfs' || !unmounted.test(String(error))) throw error
      this.#memory = 'tmpfs'
      return make('tmpfs')
    }
  }
}
