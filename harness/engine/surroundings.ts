import { execa } from 'execa'
import { satisfies } from 'semver'
import type { ContainerRuntimeClient } from 'testcontainers'
import packageJson from '../../package.json' with { type: 'json' }
import { newestStable, releaseImages } from '../../fixtures/releases.ts'
import { addressOf } from './chosen-engine.ts'
import { engineIfAny } from './client.ts'
import { dialsContainers } from './dials.ts'
import type { Surroundings } from './doctor.ts'
import { which } from './machine.ts'
import { isAlive } from './process-mark.ts'
import { provisionFacts } from './provision-facts.ts'
import { planProvision } from './provision-plan.ts'
import { keptImages } from './kept-images.ts'
import { readEngineRecord } from './state.ts'

type Docker = ContainerRuntimeClient['container']['dockerode']

/** An image whose presence in the registry tells that the registry answers the engine. */
const officialImage = releaseImages(newestStable().version)[0] ?? ''
const registryLimit = 5000

/** Looks at everything a run and the tests use. */
export async function lookAround(): Promise<Surroundings> {
  const client = await engineIfAny()
  const [engine, noEngine, go, openssl, curl, mmdebstrap, chromium] = await Promise.all([
    client === undefined ? undefined : describeEngine(client.container.dockerode),
    client === undefined ? whyNone() : undefined,
    firstLine('go', 'version'),
    firstLine('openssl', 'version'),
    firstLine('curl', '--version'),
    firstLine('mmdebstrap', '--version'),
    firstLine('chromium', '--version'),
  ])
  const node = process.versions.node
  return {
    node,
    nodeFits: satisfies(node, packageJson.engines.node),
    ...(engine === undefined ? {} : { engine }),
    ...(noEngine === undefined ? {} : { noEngine }),
    ...{ go, openssl, curl, mmdebstrap, chromium },
  }
}

async function describeEngine(docker: Docker): Promise<NonNullable<Surroundings['engine']>> {
  const [version, dials, registry, kept] = await Promise.all([
    docker.version(),
    dialsContainers(docker),
    registryAnswers(docker),
    keptImages(),
  ])
  const record = readEngineRecord()
  return {
    version: version.Version,
    api: version.ApiVersion,
    at: addressOf(docker),
    ours: record !== undefined && isAlive(record.pid, record.mark),
    dials,
    registry,
    kept: [...new Set(kept.map(({ name }) => name))],
  }
}

async function whyNone(): Promise<readonly [string, string]> {
  const plan = planProvision(await provisionFacts(false))
  if (plan.do === 'refuse') return plan.lines
  return [
    'none answers',
    '`etcd-tls provision` sets one up on this machine, and so do npm start and npm test',
  ]
}

/** Asks the engine, which is who pulls. An engine without this question says no, as does a slow registry. */
async function registryAnswers(docker: Docker): Promise<boolean> {
  try {
    await docker.getImage(officialImage).distribution({ abortSignal: AbortSignal.timeout(registryLimit) })
    return true
  } catch {
    return false
  }
}

/** What a command says of itself; undefined when it is not there or fails. */
async function firstLine(command: string, argument: string): Promise<string | undefined> {
  const path = which(command)
  if (path === undefined) return undefined
  const { stdout, failed } = await execa(path, [argument], {
    reject: false,
    stdin: 'ignore',
    timeout: 20_000,
  })
  return failed ? undefined : stdout.split('\n')[0]
}
