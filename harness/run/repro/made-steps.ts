import { ofNewKey, signedAlone } from '../../judge/made.ts'
import type { Moment } from '../../scenario/moments.ts'
import { notShown, type Seen, type Stage } from './plan.ts'

type Connect = Extract<Moment, { do: 'connect' }>

/** A connection of a timeline among all of its moments. */
export interface Compared {
  readonly moment: Connect
  readonly moments: readonly Moment[]
  readonly seen: Seen
  /** Its command of openssl. */
  readonly command: readonly string[]
  readonly met: boolean
}

/** What a connection shows is kept where a certificate made alone is asked for, of it or beside it, and compared. */
export function madeSteps(compared: Compared, { script, result }: Stage): void {
  const { moment, moments, seen, command, met } = compared
  const { name, madeUnlike } = moment
  const isBefore = moments.some((one) => one.do === 'connect' && one.madeUnlike === name)
  if ((madeUnlike === undefined && !isBefore) || seen.tls?.server === undefined) return
  const fileOf = (of: string): string =>
    `shown-${String(moments.findIndex((one) => one.name === of) + 1)}.pem`
  script.step(['certificate', fileOf(name), ...command])
  if (madeUnlike === undefined) return
  const was = (expected: string): boolean => {
    const answer = result.checks.find((one) => one.expected === expected)?.met
    if (answer === undefined && !met) throw notShown('a certificate was not seen in the run')
    return answer ?? met
  }
  const signed = was(signedAlone(name))
    ? `its certificate is signed with its own key, as is that of ${madeUnlike}`
    : `its certificate, or that of ${madeUnlike}, is not signed with its own key`
  const key = `its key is ${was(ofNewKey(name)) ? 'another than ' : ''}that of ${madeUnlike}`
  script.step(
    ['made_alone', name, fileOf(name), madeUnlike, fileOf(madeUnlike)],
    [`${name}: ${signed}`, `${name}: ${key}`],
  )
}
