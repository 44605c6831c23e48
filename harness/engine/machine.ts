import { accessSync, constants, existsSync, readFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { startMark } from './process-mark.ts'

/** A command's path, or undefined. Looks in the sbin folders too, which a user's PATH often lacks. */
export function which(command: string, path = process.env['PATH'] ?? ''): string | undefined {
  const folders = [
    ...path.split(delimiter).filter((folder) => folder !== ''),
    '/usr/local/sbin',
    '/usr/sbin',
    '/sbin',
  ]
  return folders.map((folder) => join(folder, command)).find(isExecutable)
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK)
    return true
  } catch {
    return false
  }
}

/** Debian, Ubuntu or made from them (os-release(5), ID and ID_LIKE). */
export function isDebian(osRelease: string | undefined = readText('/etc/os-release')): boolean {
  const words = [...(osRelease ?? '').matchAll(/^ID(?:_LIKE)?=(.*)$/gm)]
  return words.some(([, value = '']) => /\b(debian|ubuntu)\b/.test(value))
}

/** Is systemd the init system (sd_booted(3))? Then services are its matter. */
export const hasSystemd = (): boolean => existsSync('/run/systemd/system')

/** The pid of the dockerd that the pid file names, when it lives. */
export function livingDockerd(file = '/var/run/docker.pid'): number | undefined {
  const pid = Number(readText(file) ?? 'none')
  return Number.isInteger(pid) && startMark(pid) !== undefined ? pid : undefined
}

/** A file's text; undefined where it cannot be read. */
export function readText(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return undefined
  }
}
