import { mkdirSync } from 'node:fs'
import { homedir } from 'node:os'
import { dirname, isAbsolute, join } from 'node:path'

/** The folder for what outlives a run: logs of the set-up, what it started, tools. Made when it is missing. */
export function stateFolder(): string {
  const folder = stateFolderOf(process.env['XDG_STATE_HOME'], process.getuid?.() === 0, homedir())
  make(folder)
  return folder
}

/** Folder by folder: with `recursive` Node never returns where one cannot be made in /proc. Errors: the file system's. */
function make(folder: string): void {
  try {
    mkdirSync(folder, { mode: 0o700 })
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'EEXIST') return
    if (code !== 'ENOENT' || folder === dirname(folder)) throw error
    make(dirname(folder))
    mkdirSync(folder, { mode: 0o700 })
  }
}

export function stateFolderOf(xdg: string | undefined, root: boolean, home: string): string {
  // One that is relative is to be ignored (XDG Base Directory Specification).
  if (xdg !== undefined && isAbsolute(xdg)) return join(xdg, 'etcd-tls')
  return root ? '/var/lib/etcd-tls' : join(home, '.local/state/etcd-tls')
}
