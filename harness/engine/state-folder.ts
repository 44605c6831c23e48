import { mkdirSync } from 'node:fs'
import { homedir } from 'node:os'
import { isAbsolute, join } from 'node:path'

/** The folder for what outlives a run: logs of the set-up, what it started, tools. Made when it is missing. */
export function stateFolder(): string {
  const folder = stateFolderOf(process.env['XDG_STATE_HOME'], process.getuid?.() === 0, homedir())
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  return folder
}

export function stateFolderOf(xdg: string | undefined, root: boolean, home: string): string {
  // One that is relative is to be ignored (XDG Base Directory Specification).
  if (xdg !== undefined && isAbsolute(xdg)) return join(xdg, 'etcd-tls')
  return root ? '/var/lib/etcd-tls' : join(home, '.local/state/etcd-tls')
}
