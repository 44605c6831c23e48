import { readFile } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { hostPath } from '../../docker/init/recipe.ts'
import type { ContainerSpec } from './container.ts'
import { hostsFile } from './hosts-file.ts'
import type { Start } from './init-talk.ts'

/**
 * Whether a berth with a folder of this host can take in a process of this kind; and whether it has files, data or
 * names of its own there. Pure.
 */
export function takesIn(
  spec: ContainerSpec,
  folder: string,
): { readonly process: boolean; readonly files: boolean } {
  const { mounted, sysctls = {}, hosts = [], resolvConf, files, tmpfs } = spec
  const isBelow = mounted === undefined || mounted.source.startsWith(`${folder}/`)
  const given = [mounted, resolvConf].some((one) => one !== undefined)
  return {
    process: isBelow && Object.keys(sysctls).length === 0,
    files: given || Object.keys(files).length + tmpfs.length + hosts.length > 0,
  }
}

/** What is to be started, for the init of a berth with a folder of this host. */
export async function ordersOf(spec: ContainerSpec, folder: string): Promise<Omit<Start, 'beside'>> {
  const { hosts = [], resolvConf, mounted } = spec
  return {
    argv: spec.command,
    links:
      mounted === undefined ? {} : { [mounted.target]: join(hostPath, relative(folder, mounted.source)) },
    env: Object.entries(spec.environment).map(([name, value]) => `${name}=${value}`),
    files: {
      ...spec.files,
      ...(hosts.length === 0 ? {} : { '/etc/hosts': hostsFile(hosts) }),
      ...(resolvConf === undefined ? {} : { '/etc/resolv.conf': await readFile(resolvConf, 'utf8') }),
    },
  }
}
