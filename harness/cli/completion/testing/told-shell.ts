import { chmodSync, mkdirSync, writeFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { execa } from 'execa'
import { temporaryFolder } from '../../../engine/temporary.ts'
import { shells } from '../shells.ts'

/** A folder with the completions as `bash`, `zsh` and `fish`, and with `etcd-tls` on the path of who plays there. */
export interface ToldShell extends AsyncDisposable {
  /** The lines that a shell of this host prints there. Errors: those of the shell. */
  play(shell: string, args: readonly string[]): Promise<string[]>
}

export async function toldShell(): Promise<ToldShell> {
  const temporary = await temporaryFolder('completion')
  const at = (name: string): string => join(temporary.path, name)
  mkdirSync(at('bin'))
  const main = join(import.meta.dirname, '../../main.ts')
  writeFileSync(at('bin/etcd-tls'), `#!/bin/sh\nexec '${process.execPath}' '${main}' "$@"\n`)
  chmodSync(at('bin/etcd-tls'), 0o755)
  writeFileSync(at('my.scenario.ts'), '')
  for (const [shell, text] of Object.entries(shells)) writeFileSync(at(shell), text)
  const env = { PATH: [at('bin'), process.env['PATH']].join(delimiter), HOME: temporary.path }
  return {
    play: async (shell, args) => {
      const { stdout } = await execa(shell, args, { cwd: temporary.path, env })
      return stdout.split('\n').filter((line) => line !== '')
    },
    [Symbol.asyncDispose]: () => temporary[Symbol.asyncDispose](),
  }
}
