import { readFile } from 'node:fs/promises'
import type { ContainerSpec } from './container.ts'
import { hostsFile } from './hosts-file.ts'
import type { Start } from './init-talk.ts'

/** Whether a berth can take in a process of this kind; and whether it has files, data or names of its own there. Pure. */
export function takesIn(spec: ContainerSpec): { readonly process: boolean; readonly files: boolean } {
  const { binds = [], sysctls = {}, hosts = [], resolvConf, files, tmpfs } = spec
  return {
    process: binds.length === 0 && Object.keys(sysctls).length === 0,
    files: Object.keys(files).length + tmpfs.length + hosts.length > 0 || resolvConf !== undefined,
  }
}

/** What is to be started, for the init of a berth. */
export async function ordersOf(spec: ContainerSpec): Promise<Omit<Start, 'beside'>> {
  const { hosts = [], resolvConf } = spec
  return {
    argv: spec.command,
    env: Object.entries(spec.environment).map(([name, value]) => `${name}=${value}`),
    files: {
      ...spec.files,
      ...(hosts.length === 0 ? {} : { '/etc/hosts': hostsFile(hosts) }),
      ...(resolvConf === undefined ? {} : { '/etc/resolv.conf': await readFile(resolvConf, 'utf8') }),
    },
  }
}
