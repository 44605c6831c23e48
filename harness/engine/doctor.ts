/** What the doctor looked at. Undefined means it is not there. */
export interface Surroundings {
  /** Version of the Node that runs this, without `v`. */
  readonly node: string
  /** Does it satisfy the package's `engines`? */
  readonly nodeFits: boolean
  readonly engine?: {
    readonly version: string
    readonly api: string
    /** Where it was found: `unix:///var/run/docker.sock`. */
    readonly at: string
    /** Can this host dial a container's own address? Undefined where that cannot be told. */
    readonly dials: boolean | undefined
    /** Did an image registry answer the engine? */
    readonly registry: boolean
    /** Names of the subject images that are kept. */
    readonly kept: readonly string[]
    /** Does the set-up's record name it? */
    readonly ours: boolean
  }
  /** Two lines: why none answers, and what to do. */
  readonly noEngine?: readonly [string, string]
  /** First lines of what the tools say of themselves. */
  readonly go?: string | undefined
  readonly openssl?: string | undefined
  readonly curl?: string | undefined
  readonly mmdebstrap?: string | undefined
  readonly chromium?: string | undefined
}

export interface Finding {
  readonly id: string
  readonly what: string
  /** `missing` keeps a run from being possible, `lacking` takes something away from it or from the tests. */
  readonly state: 'there' | 'missing' | 'lacking'
  readonly found: string
  /** A command, or a step in words, that mends it. */
  readonly mend?: string
  /** What `found` is the number of. */
  readonly names?: readonly string[]
}

/** Says what is there, what is missing and what mends it. Pure. */
export function diagnose(seen: Surroundings): Finding[] {
  return [node(seen), ...engine(seen), ...tools(seen)]
}

/** Can a run be made here? */
export const runIsPossible = (findings: readonly Finding[]): boolean =>
  findings.every(({ state }) => state !== 'missing')

const there = (id: string, what: string, found: string): Finding => ({ id, what, state: 'there', found })

function node({ node: version, nodeFits }: Surroundings): Finding {
  if (nodeFits) return there('node', 'Node', version)
  const mend = 'npm ci (it brings a fitting Node for most machines; use npx or npm run), or install Node 24'
  return { id: 'node', what: 'Node', state: 'missing', found: version, mend }
}

function engine(seen: Surroundings): Finding[] {
  const what = 'Container engine'
  if (seen.engine === undefined) {
    const [found, mend] = seen.noEngine ?? ['none answers', 'etcd-tls provision']
    return [{ id: 'engine', what, state: 'missing', found, mend }, ...sources(seen)]
  }
  const { version, api, at, ours } = seen.engine
  const found = `${version} (API ${api}) at ${at}${ours ? ', started by the set-up' : ''}`
  return [there('engine', what, found), dials(seen.engine.dials), ...sources(seen)]
}

function dials(can: boolean | undefined): Finding {
  const [id, what] = ['addresses', 'Container addresses']
  if (can === true) return there(id, what, 'this host dials them')
  if (can === undefined)
    return { id, what, state: 'lacking', found: 'cannot tell whether this host dials them' }
  const mend = 'run on the Linux host of the engine, as root or with a rootful engine'
  return { id, what, state: 'missing', found: 'this host cannot dial them', mend }
}

/** A subject comes from a registry, from a module by Go, or was kept: one of them must do. */
function sources({ engine: at, go }: Surroundings): Finding[] {
  const registry = at?.registry === true
  const kept = at?.kept ?? []
  const any = registry || go !== undefined || kept.length > 0
  const state = any ? 'lacking' : 'missing'
  return [
    registry
      ? there('registry', 'Image registry', 'answers')
      : {
          id: 'registry',
          what: 'Image registry',
          state,
          found: 'none answers the engine: official images cannot be pulled',
        },
    go !== undefined
      ? there('go', 'Go', go)
      : {
          id: 'go',
          what: 'Go',
          state,
          found: 'none: nothing can be built from modules',
          mend: 'apt-get install golang-go, or https://go.dev/dl',
        },
    {
      ...there('kept', 'Kept subject images', kept.length === 0 ? 'none yet' : String(kept.length)),
      names: kept,
    },
  ]
}

function tools(seen: Surroundings): Finding[] {
  const curlFits = seen.curl?.includes('OpenSSL') === true
  return [
    curlFits
      ? // The list of its other libraries is longer than a line.
        there('curl', 'curl', (seen.curl ?? '').replace(/(OpenSSL\/\S+).*/, '$1'))
      : {
          id: 'curl',
          what: 'curl',
          state: 'missing',
          found: seen.curl ?? 'none',
          mend: 'apt-get install curl (built with OpenSSL: promises that print curl commands run it)',
        },
    tool('openssl', 'openssl', seen.openssl, 'apt-get install openssl', 'the tests need it'),
    tool('chromium', 'Chromium', seen.chromium, 'apt-get install chromium', 'the browser tests need it'),
    tool(
      'mmdebstrap',
      'mmdebstrap',
      seen.mmdebstrap,
      'apt-get install mmdebstrap',
      'subjects debian:SUITE need it',
    ),
  ]
}

const tool = (id: string, what: string, found: string | undefined, mend: string, why: string): Finding =>
  found === undefined ? { id, what, state: 'lacking', found: `none: ${why}`, mend } : there(id, what, found)
