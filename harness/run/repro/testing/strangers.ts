import { mkdir, mkdtemp, rm, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { execa, type ResultPromise } from 'execa'

const cli = join(import.meta.dirname, '../../../cli/main.ts')

/** All that run.sh may find on its way. */
const commands =
  'bash docker openssl curl grep sed find od timeout mktemp cp mkdir mkfifo cat tee head tail tr cut wc rm sleep sort ' +
  'paste date touch mv ln dirname basename base64'

const playing = { extendEnv: false, reject: false, all: true, detached: true } as const

export interface Command {
  readonly exitCode: number | undefined
  readonly all: string
}

/** A folder of a machine where nothing of ours is: run.sh is played with a few commands and no environment. */
export class Stranger implements AsyncDisposable {
  readonly root: string
  readonly #environment: Readonly<Record<string, string>>

  private constructor(root: string, environment: Readonly<Record<string, string>>) {
    this.root = root
    this.#environment = environment
  }

  static async make(): Promise<Stranger> {
    const root = await mkdtemp(join(tmpdir(), 'etcd-tls-test-'))
    const bin = join(root, 'bin')
    await mkdir(bin)
    for (const name of commands.split(' ')) {
      const { stdout } = await execa('bash', ['-c', `type -P ${name}`])
      await symlink(stdout, join(bin, name))
    }
    const { DOCKER_HOST: host } = process.env
    return new Stranger(root, { PATH: bin, HOME: root, ...(host === undefined ? {} : { DOCKER_HOST: host }) })
  }

  /** A command of ours, before anything is handed over. */
  async ours(...args: readonly string[]): Promise<Command> {
    const { exitCode, all } = await execa(process.execPath, [cli, ...args], { all: true, reject: false })
    return { exitCode, all }
  }

  /** Plays cells on 3.6.16; `folderOf` makes folders of what was seen. Throws where a cell is not as promised. */
  async results(cells: readonly string[]): Promise<void> {
    const only = cells.flatMap((cell) => ['--only', cell])
    await this.#kept('run', '--etcd', '3.6.16', ...only, '--out', this.#results)
  }

  /** The folder that shows a cell of `results`. */
  async folderOf(name: string, cell: string): Promise<string> {
    const out = join(this.root, name.replaceAll(' ', '-'))
    await this.#kept('repro', cell, '--results', this.#results, '--out', out)
    return out
  }

  async #kept(...args: readonly string[]): Promise<void> {
    const { exitCode, all } = await this.ours(...args)
    if (exitCode !== 0) throw new Error(`etcd-tls ${args.join(' ')} ended with ${String(exitCode)}: ${all}`)
  }

  get #results(): string {
    return join(this.root, 'results')
  }

  /** Plays a folder in a process group of its own. */
  play(folder: string, environment: Readonly<Record<string, string>> = {}): ResultPromise<typeof playing> {
    const env = { ...this.#environment, ...environment }
    return execa(join(folder, 'run.sh'), { ...playing, env })
  }

  [Symbol.asyncDispose](): Promise<void> {
    return rm(this.root, { recursive: true, force: true })
  }
}

export const lastLine = (text: string): string => text.trimEnd().split('\n').at(-1) ?? ''

/** Ids of what run.sh left in the engine, by the name that it gives itself; throws where it gave none. */
export async function left(...outputs: readonly string[]): Promise<string> {
  const names = outputs.map((all) => {
    const name = /^its containers and its network: (\S+)$/m.exec(all)?.[1]
    if (name === undefined) throw new Error(`run.sh did not say its name: ${all}`)
    return name
  })
  const found = names.map(async (name) => {
    const filter = ['--filter', `label=etcd-repro=${name}`]
    const containers = await execa('docker', ['ps', '-aq', ...filter])
    const networks = await execa('docker', ['network', 'ls', '-q', ...filter])
    return containers.stdout + networks.stdout
  })
  return (await Promise.all(found)).join('')
}
