/** What decides whether and how an engine is set up. */
export interface ProvisionFacts {
  /** An engine answers. */
  readonly answers: boolean
  /** DOCKER_HOST or the like, when the person chose an engine. */
  readonly chosen?: string | undefined
  readonly linux: boolean
  readonly debian: boolean
  readonly root: boolean
  readonly systemd: boolean
  /** A local socket is there, but not open to this user. */
  readonly denied?: string | undefined
  /** A dockerd process lives (its socket may not answer yet). */
  readonly dockerdLives: boolean
  /** Commands that are on this machine, of those that matter here. */
  readonly commands: ReadonlySet<Command>
  /** A person can be asked. */
  readonly terminal: boolean
  /** The person said yes beforehand (`--provision`). */
  readonly yes: boolean
}
export type Command = 'dockerd' | 'iptables' | 'apt-get' | 'openssl' | 'curl' | 'chromium'

export type ProvisionPlan =
  /** An engine is there and not touched; `missing` are commands that the tests would like. */
  | { readonly do: 'nothing'; readonly missing: readonly Command[] }
  | { readonly do: 'wait' }
  | {
      readonly do: 'set-up'
      readonly install: readonly string[]
      /** Start dockerd by hand; under systemd the package starts its service. */
      readonly start: boolean
      readonly ask: boolean
    }
  /** What the person needs to know, and what to do. */
  | { readonly do: 'refuse'; readonly lines: readonly [string, string] }

const tools = ['openssl', 'curl', 'chromium'] as const

/** Decides what to do. Pure. An engine that is there is never touched, and a chosen one never replaced. */
export function planProvision(facts: ProvisionFacts): ProvisionPlan {
  if (facts.answers) return { do: 'nothing', missing: tools.filter((tool) => !facts.commands.has(tool)) }
  if (facts.chosen !== undefined)
    return refuse(
      `The container engine at ${facts.chosen} does not answer.`,
      'Start it, or unset the variable or property that names it.',
    )
  if (!facts.linux)
    return refuse(none, 'Install and start Docker or Podman, or point DOCKER_HOST at an engine.')
  if (facts.denied !== undefined)
    return refuse(
      `The container engine's socket ${facts.denied} is not open to this user.`,
      'As root: `usermod -aG docker USER`, then sign in again; or point DOCKER_HOST at an engine.',
    )
  if (facts.dockerdLives) return { do: 'wait' }
  return facts.root ? asRoot(facts) : refuse(none, userLine(facts))
}

const none = 'No container engine answers on this machine.'

const refuse = (what: string, mend: string): ProvisionPlan => ({ do: 'refuse', lines: [what, mend] })

function userLine({ debian, commands }: ProvisionFacts): string {
  if (commands.has('dockerd'))
    return 'As root: `systemctl start docker`, or `dockerd` where there is no systemd.'
  return debian
    ? 'As root: `apt-get install docker.io iptables`; or point DOCKER_HOST at an engine.'
    : 'Install and start Docker or Podman, or point DOCKER_HOST at an engine.'
}

function asRoot(facts: ProvisionFacts): ProvisionPlan {
  const { commands, systemd } = facts
  const ask = facts.terminal && !facts.yes
  if (commands.has('dockerd') && systemd) return refuse(none, 'Start it: `systemctl start docker`.')
  const install = packages(facts)
  if (install.length === 0) return { do: 'set-up', install, start: true, ask }
  if (!facts.debian || !commands.has('apt-get'))
    return refuse(
      `${none} It can be set up on Debian and Ubuntu only.`,
      `Install and start Docker or Podman${commands.has('dockerd') ? ' (dockerd is here, iptables is not)' : ''}, or point DOCKER_HOST at an engine.`,
    )
  return { do: 'set-up', install, start: !systemd, ask }
}

/** Tools of the tests come with an engine that is installed, never alone. */
function packages({ commands }: ProvisionFacts): string[] {
  const engine = commands.has('dockerd') ? [] : ['docker.io']
  const rules = commands.has('iptables') ? [] : ['iptables']
  const forTests = engine.length === 0 ? [] : tools.filter((tool) => !commands.has(tool))
  return engine.length === 0 ? rules : [...engine, ...rules, 'ca-certificates', ...forTests]
}
