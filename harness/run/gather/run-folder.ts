import { constants } from 'node:fs'
import { mkdir, open, readdir, stat, type FileHandle } from 'node:fs/promises'
import { basename, join } from 'node:path'
import type { CellResult } from '../../../reports/schema.ts'
import { HarnessError } from '../../errors.ts'
import { gatheredFile } from '../../gathered/write.ts'

/**
 * The folder that a run began with. Whoever writes into it makes the folders that are not there, so one that was taken
 * away comes again without a word, and without what had been written.
 */
export class RunFolder implements AsyncDisposable {
  readonly path: string
  /** While it is open nothing else is given its inode. */
  readonly #handle: FileHandle

  private constructor(path: string, handle: FileHandle) {
    this.path = path
    this.#handle = handle
  }

  /** Errors: the file system's, where it is not there. */
  static async open(path: string): Promise<RunFolder> {
    return new RunFolder(path, await open(path, constants.O_RDONLY | constants.O_DIRECTORY))
  }

  async isSame(): Promise<boolean> {
    const [then, now] = await Promise.all([
      this.#handle.stat({ bigint: true }),
      stat(this.path, { bigint: true }).catch(() => undefined),
    ])
    return then.dev === now?.dev && then.ino === now.ino
  }

  /**
   * What was taken away of it, in a sentence without its place on this host; undefined where all is there. One that is
   * gone is made again, so that reports can be written. Errors: HarnessError `out-lost` where that cannot be.
   */
  async lossOf(results: readonly CellResult[]): Promise<string | undefined> {
    const isSame = await this.isSame()
    if (!isSame) await this.#make()
    const isThere = await Promise.all(results.map((result) => this.#hasEvidence(result)))
    const lost = isThere.filter((one) => !one).length
    if (isSame && lost === 0) return undefined
    const all = results.filter(({ evidence }) => evidence !== undefined).length
    return [
      `out-lost: ${isSame ? 'something in ' : ''}the run's folder ${basename(this.path)} was taken away`,
      `while the run wrote into it: the evidence of ${String(lost)} of ${String(all)} cells is gone`,
    ].join(' ')
  }

  /** Errors: HarnessError `out-lost`. */
  async demandSame(): Promise<void> {
    if (await this.isSame()) return
    throw new HarnessError(
      'out-lost',
      `The folder ${this.path} was taken away while the run wrote into it: what is there now is not all of it. Run again, and leave it alone until the run has ended.`,
    )
  }

  async #hasEvidence({ evidence, world }: CellResult): Promise<boolean> {
    if (evidence === undefined) return true
    const files = await readdir(join(this.path, evidence)).catch((): string[] => [])
    return files.includes('verdict.json') && (world === undefined || files.includes(gatheredFile))
  }

  async #make(): Promise<void> {
    try {
      await mkdir(this.path, { recursive: true })
    } catch (cause) {
      const message = `The folder ${this.path} was taken away while the run wrote into it, and cannot be made again.`
      throw new HarnessError('out-lost', message, { cause })
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#handle.close()
  }
}
