import { describe, expect, test } from 'vitest'
import { planProvision, type Command, type ProvisionFacts } from './provision-plan.ts'

const has = (...commands: Command[]): { commands: Set<Command> } => ({ commands: new Set(commands) })

/** A fresh Debian machine, root, nobody to ask. */
const fresh: ProvisionFacts = {
  answers: false,
  linux: true,
  debian: true,
  root: true,
  systemd: false,
  dockerdLives: false,
  terminal: false,
  yes: false,
  ...has('apt-get', 'curl'),
}
const plan = (facts: Partial<ProvisionFacts>): ReturnType<typeof planProvision> =>
  planProvision({ ...fresh, ...facts })

describe('an engine that answers', () => {
  test('is not touched, and missing tools are only named', () => {
    expect(plan({ answers: true })).toEqual({ do: 'nothing', missing: ['openssl', 'chromium'] })
    expect(plan({ answers: true, chosen: 'tcp://build:2376', root: false })).toMatchObject({ do: 'nothing' })
  })
})

describe('without an engine', () => {
  test('a fresh Debian machine gets it with what its tests lack, unasked where nobody can answer', () => {
    const install = ['docker.io', 'iptables', 'ca-certificates', 'openssl', 'chromium']
    expect(plan({})).toEqual({ do: 'set-up', install, start: true, ask: false })
  })

  test('a person is asked first, unless the answer was given', () => {
    expect(plan({ terminal: true })).toMatchObject({ do: 'set-up', ask: true })
    expect(plan({ terminal: true, yes: true })).toMatchObject({ do: 'set-up', ask: false })
  })

  test('an installed dockerd is only started', () => {
    const here = has('apt-get', 'dockerd', 'iptables')
    expect(plan(here)).toEqual({ do: 'set-up', install: [], start: true, ask: false })
    expect(plan({ ...here, debian: false })).toMatchObject({ install: [], start: true })
    expect(plan(has('apt-get', 'dockerd'))).toMatchObject({ install: ['iptables'], start: true })
  })

  test('a dockerd that is starting is waited for: there is never a second', () => {
    expect(plan({ dockerdLives: true })).toEqual({ do: 'wait' })
    expect(plan({ dockerdLives: true, root: false })).toEqual({ do: 'wait' })
  })

  test('systemd starts its own services', () => {
    expect(plan({ systemd: true })).toMatchObject({ do: 'set-up', start: false })
    expect(plan({ systemd: true, ...has('dockerd') })).toMatchObject({
      do: 'refuse',
      lines: [
        expect.stringContaining('No container engine'),
        expect.stringContaining('systemctl start docker'),
      ],
    })
  })
})

describe('two lines for a person', () => {
  test.each([
    ['a chosen engine', { chosen: 'tcp://build:2376' }, /tcp:\/\/build:2376 does not answer/, /unset/],
    [
      'a closed socket',
      { denied: '/s', dockerdLives: true, root: false },
      /\/s is not open/,
      /usermod -aG docker/,
    ],
    ['no root', { root: false }, /No container engine answers/, /As root: `apt-get install/],
    [
      'no root, dockerd here',
      { root: false, ...has('dockerd') },
      /No container engine/,
      /systemctl start docker/,
    ],
    ['another distribution', { debian: false }, /Debian and Ubuntu only/, /DOCKER_HOST/],
    ['another system', { linux: false }, /No container engine/, /Docker or Podman/],
  ] as const)('%s', (_, facts, what, mend) => {
    expect(plan(facts)).toEqual({
      do: 'refuse',
      lines: [expect.stringMatching(what), expect.stringMatching(mend)],
    })
  })
})
