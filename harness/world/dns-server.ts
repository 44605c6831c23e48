import { Resolver } from 'node:dns/promises'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { command } from '../../docker/dns/recipe.ts'
import type { ZoneSpec } from '../../fixtures/zone.ts'
import { temporaryFolder } from '../engine/temporary.ts'
import { HarnessError } from '../errors.ts'
import type { SeenQuery } from '../probe/observation.ts'
import { startContainer, type Holder, type RunningContainer } from './container.ts'
import { queryOf } from './dns-query.ts'
import { corefilePath, zoneFiles, zoneTexts } from './dns-zone.ts'
import type { RunNetwork } from './network.ts'

export interface DnsPlan {
  readonly network: RunNetwork
  /** IPv4 address of the server, free in the network. */
  readonly address: string
  readonly runId: string
  /** Names containers apart. */
  readonly world: string
  /** `@m1` and the page's addresses → the world's. */
  readonly resolve: (text: string) => string
  /** As in `ContainerSpec`. */
  readonly within?: Holder | undefined
  readonly sharesFolders?: boolean | undefined
  /** The image `coredns` of the tools. */
  readonly image: string
}

/** The DNS of a world, from its first answer on. */
export interface RunningDns {
  readonly address: string
  /** File on this host that is to be /etc/resolv.conf. */
  readonly resolvConf: string
  /** What it answers, for the report. */
  readonly record: string
  /** Waits until every question that was answered by now is in the log. Errors: HarnessError `dns-silent`. */
  settle(): Promise<void>
  /** What was asked, in the order of the answers; `from` counts questions. */
  queries(from?: number): readonly SeenQuery[]
  remove(): Promise<void>
}

/** Milliseconds from the start of the container to CoreDNS's word that it serves. */
const startLimit = 15_000
/** Milliseconds for a question of ours to be seen in the log. */
const settleLimit = 5_000
/** Names that only `settle` asks for. */
const fence = 'seen-so-far.etcd-tls.invalid'

/**
 * Starts the DNS of a world and waits until it serves.
 * Errors: HarnessError `no-container`, `no-dns`, `broken-zone`; nothing is left running then.
 */
export async function startDns(zone: ZoneSpec, plan: DnsPlan): Promise<RunningDns> {
  const texts = zoneTexts(zone, plan.resolve)
  const container = await startContainer({
    name: `${plan.world}-dns`,
    image: plan.image,
    command: [command, '-conf', corefilePath],
    environment: {},
    files: zoneFiles(texts),
    network: plan.network,
    address: plan.address,
    tmpfs: [],
    runId: plan.runId,
    within: plan.within,
    sharesFolders: plan.sharesFolders,
  })
  try {
    await serving(container)
    const folder = await temporaryFolder('dns')
    const resolvConf = join(folder.path, 'resolv.conf')
    // Read by whoever a container's process is.
    await writeFile(resolvConf, resolvConfText(plan.address), { mode: 0o644 })
    const remove = async (): Promise<void> => {
      await Promise.all([container.remove(), folder[Symbol.asyncDispose]()])
    }
    const seen = watching(container, plan.address)
    return { address: plan.address, resolvConf, record: recordOf(texts), ...seen, remove }
  } catch (error) {
    await container.remove()
    throw error
  }
}

/** CoreDNS prints its version when its listeners are open (`Run`, coremain/run.go). */
async function serving({ log, ended }: RunningContainer): Promise<void> {
  const options = { limit: startLimit, signal: ended }
  if (await log.waitFor(({ raw }) => /CoreDNS-\d/.test(raw), options)) return
  const said = log.lines.at(-1)?.raw ?? 'it says nothing'
  const what = ended.aborted ? 'ended' : `does not serve within ${String(startLimit / 1000)} s`
  throw new HarnessError('no-dns', `The DNS of the world ${what}: ${said}`)
}

function watching({ log, ended }: RunningContainer, address: string): Pick<RunningDns, 'settle' | 'queries'> {
  let fences = 0
  const all = (): SeenQuery[] => log.lines.flatMap(({ raw }) => queryOf(raw) ?? [])
  return {
    queries: (from = 0) =>
      all()
        .filter(({ name }) => !name.endsWith(fence))
        .slice(from),
    settle: async () => {
      const name = `${String(fences++)}.${fence}`
      const seen = log.waitFor(({ raw }) => queryOf(raw)?.name === name, {
        limit: settleLimit,
        signal: ended,
      })
      const resolver = new Resolver({ timeout: settleLimit, tries: 1 })
      resolver.setServers([address])
      // There is no such name, which is the answer; what counts is that it is in the log.
      await resolver.resolve4(name).catch(() => undefined)
      if ((await seen) === undefined)
        throw new HarnessError(
          'dns-silent',
          `The DNS of the world did not log a question within ${String(settleLimit / 1000)} s.`,
        )
    },
  }
}

/**
 * Go's resolver (net/dnsconfig_unix.go) and glibc's read this. One try of one second: a question that is dropped
 * costs a second instead of ten, and is in the log once. `single-request`: A before AAAA, one after the other, so
 * that the order of questions is the client's own. No `search`: names are asked as they are written.
 */
const resolvConfText = (address: string): string =>
  `nameserver ${address}\noptions ndots:1 timeout:1 attempts:1 single-request\n`

const recordOf = ({ corefile, zone }: { corefile: string; zone: string }): string =>
  `# zone\n${zone}\n# Corefile\n${corefile}`
