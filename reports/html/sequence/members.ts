import type { Observation } from '../../schema.ts'
import { arrow, dnsSteps, exitText, note, saidNo, type Names, type Step } from './parts.ts'

const listener = 'our listener'

export function joinSteps(seen: Observation, join: NonNullable<Observation['join']>, names: Names): Step[] {
  const asked = names(seen.to)
  const joined = join.started && join.listed && join.writtenAndRead
  const candidateSaid = joined ? [] : saidNo(join.said.slice(-mostSaid), join.who)
  return [
    arrow(
      asked,
      asked,
      join.added === true ? `${join.who} is added to the list` : `${join.who} is not added: ${join.added}`,
      join.added === true ? undefined : 'no',
    ),
    arrow(join.who, asked, `dials from ${join.address}`),
    ...dnsSteps(seen.dns, names),
    ...saidNo(seen.log, asked),
    ...candidateSaid,
    joined
      ? note(join.who, 'joined: it serves, is listed, and its key is read', 'yes')
      : note(
          join.who,
          `does not join: ${join.started ? 'started' : 'not started'}${exitText(join.exit)}`,
          'no',
        ),
  ]
}
/** The candidate's last lines: earlier ones are of its attempts to find the others. */
const mostSaid = 5

export function formSteps(seen: Observation, form: NonNullable<Observation['form']>, names: Names): Step[] {
  const asked = names(seen.to)
  const dialled = [...new Set(seen.log.flatMap(({ remoteAddress }) => remoteAddress ?? []))].map((address) =>
    arrow(names(address), asked, `dials from ${address}`),
  )
  return [
    ...dialled.filter(({ from }) => from !== asked),
    ...dnsSteps(seen.dns, names),
    ...saidNo(seen.log, asked),
    ...form.members.map(({ name, started, exit, readThrough }) =>
      started
        ? note(
            name,
            readThrough.length === 0
              ? 'started'
              : `started; its key is read through ${readThrough.join(', ')}`,
            'yes',
          )
        : note(name, `does not start${exitText(exit)}`, 'no'),
    ),
  ]
}

export function dialSteps(seen: Observation, dial: NonNullable<Observation['dial']>, names: Names): Step[] {
  const member = names(dial.from)
  const name = dial.serverName === undefined ? '' : `, asks for ${dial.serverName}`
  const shown = dial.certificate === undefined ? 'shows no certificate' : `shows ${dial.certificate.subject}`
  const clear = dial.inClear === undefined ? [] : [arrow(member, listener, `sends in clear: ${dial.inClear}`)]
  const tls = [
    arrow(member, listener, `TLS hello${name}`),
    arrow(listener, member, 'asks for a certificate', 'answer'),
    arrow(member, listener, shown),
  ]
  const handshake = dial.version !== undefined || clear.length === 0
  return [...dnsSteps(seen.dns, names), ...clear, ...(handshake ? tls : []), ...saidNo(seen.log, member)]
}

export function processSteps(
  seen: Observation,
  process: NonNullable<Observation['process']>,
  names: Names,
): Step[] {
  const member = names(seen.to)
  const reasons = process.ready ? [] : saidNo(seen.log, member)
  return [
    note(member, 'is started'),
    ...dnsSteps(seen.dns, names),
    ...reasons,
    process.ready ? note(member, 'is ready', 'yes') : note(member, `ends${exitText(process.exit)}`, 'no'),
  ]
}
