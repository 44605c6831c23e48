import { clientWords } from '../../probe/by-hand.ts'
import { reverseName } from '../../world/dns-names.ts'
import type { Served } from '../../scenario/outcome.ts'
import type { ProbeSpec } from '../../scenario/probe.ts'
import { clientOf } from '../by-hand/probe.ts'
import { spoken } from './answers.ts'
import type { Seen, Stage } from './plan.ts'

/** What the claim asks of an answer beside its status, each as it was in the run. */
export function answerSteps(when: ProbeSpec, seen: Seen, stage: Stage): void {
  const { then } = stage.cell
  if (then.outcome === 'served' && hasAnswer(seen)) {
    textSteps(when, seen, then, stage)
    tlsSteps(when, seen, then, stage)
    certificateSteps(when, seen, then, stage)
  }
  if (then.outcome === 'served' || then.outcome === 'refused') dnsSteps(then, seen, stage)
}

const hasAnswer = ({ http, command, grpc }: Seen): boolean =>
  http !== undefined || command?.exit === 0 || grpc?.code === 'OK'

/** gRPC's answers are printed by etcdctl in other words. */
function textSteps(
  when: ProbeSpec,
  seen: Seen,
  { contains = [], sent = [] }: Served,
  { script, translate }: Stage,
): void {
  const text = translate(seen.http?.body ?? seen.command?.stdout ?? '')
  if (when.kind !== 'grpc')
    for (const part of contains.flatMap((one) => translate(one).split('\n')).filter((one) => one !== ''))
      script.step(
        ['has', 'the probe', part],
        `the probe: its answer has${text.includes(part) ? '' : ' not'}: ${part}`,
      )
  for (const message of sent) {
    const said = curlWords[message]
    const does = seen.tls?.sent?.includes(message) === true
    script.step(
      ['says', 'the probe', said],
      `the probe: the client ${does ? 'says' : 'does not say'}: ${said}`,
    )
  }
}

/** What curl prints of a handshake message that it sends. */
const curlWords: Readonly<Record<NonNullable<Served['sent']>[number], string>> = {
  certificate: '(OUT), TLS handshake, Certificate (11)',
  certificate_verify: '(OUT), TLS handshake, CERT verify (15)',
  finished: '(OUT), TLS handshake, Finished (20)',
}

function tlsSteps(when: ProbeSpec, seen: Seen, { tls, suite }: Served, { script }: Stage): void {
  if ((when.kind !== 'http' && when.kind !== 'curl') || (tls === undefined && suite === undefined)) return
  const both = suite !== undefined
  script.step(['spoke', 'the probe', ...(both ? ['suite'] : [])], `the probe: ${spoken(seen, both)}`)
}

function certificateSteps(when: ProbeSpec, seen: Seen, { shows, names }: Served, stage: Stage): void {
  if (when.kind !== 'http' || seen.tls?.server === undefined) return
  const { files, script, result, translate, cell, subject } = stage
  const place = {
    name: cell.given.members[when.to]?.host ?? `${when.to}.etcd.local`,
    address: files.place.of(when.from ?? when.to),
    port: when.listener === 'peer' ? 2380 : 2379,
  }
  const words = [
    'openssl',
    's_client',
    ...clientWords(when.tls, place, files, clientOf(when, { subject, files, wish: 'client' })),
  ]
  if (shows !== undefined) {
    const file = `${files.credential(shows, 'server')}.crt`
    const met =
      result.checks.find(({ expected }) => expected.startsWith('etcd shows the certificate'))?.met ?? true
    const told = met ? `etcd shows ${file}` : `etcd shows another certificate than ${file}`
    script.step(['shows', 'the probe', file, ...words], `the probe: ${told}`)
  }
  if (names !== undefined) {
    const told = translate(seen.tls.server.names).split(/, */).map(translate).toSorted(byBytes).join(', ')
    script.step(['names', 'the probe', ...words], `the probe: a certificate for ${told}`)
  }
}

const byBytes = (a: string, b: string): number => (a < b ? -1 : 1)

/** The questions that the claim names, whether each was asked. */
export function dnsSteps(
  {
    asked = [],
    neverAsked = [],
  }: { readonly asked?: readonly string[]; readonly neverAsked?: readonly string[] },
  { dns = [] }: Pick<Seen, 'dns'>,
  { script, translate, files }: Stage,
): void {
  const seen = new Set(dns.map(({ type, name }) => `${type} ${translate(name)}`))
  for (const one of new Set([...asked, ...neverAsked])) {
    const question = files.resolve(one)
    const [type = '', name = ''] = question.split(' ')
    const printed = `${type} ${reverseName(name) ?? name}.`
    script.step(['dns_asked', printed], `dns: ${seen.has(question) ? '' : 'not '}asked for ${printed}`)
  }
}
