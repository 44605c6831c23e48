import { isOptionName, optionKnown, option, optionNames } from '../../fixtures/options.ts'
import { otherFlag, otherFlags } from '../../fixtures/other-flags.ts'
import type { Known } from '../../fixtures/options.ts'
import { nearestTo } from '../nearest.ts'

/** A command line as etcd's own parser takes it. */
export interface Flags {
  /** The last value of each flag. */
  readonly values: Readonly<Record<string, string>>
  /** What ends the process before it listens, in etcd's words, with what to change. */
  readonly stop?: { readonly said: string; readonly exit: number; readonly mend: string }
}

const truths = ['1', 't', 'T', 'true', 'TRUE', 'True']
const lies = ['0', 'f', 'F', 'false', 'FALSE', 'False']
export const isTrue = (value: string | undefined): boolean => value !== undefined && truths.includes(value)

/**
 * Reads arguments as Go's `flag` package does (`parseOne`, flag/flag.go): one dash or two, `=` or, but for booleans, the
 * next word; the first word without a dash ends the flags, and etcd takes none behind them (`parse`, etcdmain/config.go). Pure.
 */
export function parseFlags(given: readonly string[], etcd: string): Flags {
  const values: Record<string, string> = {}
  const rest = [...given]
  while (rest.length > 0) {
    const word = rest.shift() ?? ''
    if (word === '--') break
    const match = /^--?([^=]*)(?:=([^]*))?$/.exec(word)
    if (match === null || word === '-') return { values, stop: noFlag(word) }
    const [, name = '', inline] = match
    if (name === '' || name.startsWith('-'))
      return {
        values,
        stop: { said: `bad flag syntax: ${word}`, exit: 2, mend: `write ${word} as --name=value` },
      }
    const kind = kindOf(name, etcd)
    if (kind.known === 'nobody' && ['h', 'help'].includes(name)) return { values, stop: printed(name) }
    if (kind.known !== 'yes') return { values, stop: undefinedFlag(name, kind.known) }
    const value = inline ?? (kind.boolean ? 'true' : rest.shift())
    if (value === undefined)
      return {
        values,
        stop: { said: `flag needs an argument: -${name}`, exit: 2, mend: `give --${name} a value` },
      }
    if (kind.boolean && ![...truths, ...lies].includes(value))
      return {
        values,
        stop: {
          said: `invalid boolean value "${value}" for -${name}: parse error`,
          exit: 2,
          mend: `write --${name} or --${name}=false`,
        },
      }
    values[name] = value
  }
  const [behind] = rest
  if (behind !== undefined) return { values, stop: noFlag(behind) }
  return isTrue(values.version) ? { values, stop: printed('version') } : { values }
}

/** etcd prints what was asked for, and that is all. */
const printed = (name: string) => ({
  said: `--${name} only prints`,
  exit: 0,
  mend: `take --${name} out`,
})
const noFlag = (word: string) => ({
  said: `"${word}" is not a valid flag`,
  exit: 1,
  mend: /^(true|false)$/i.test(word)
    ? `put the value of a boolean behind =, as in --client-cert-auth=${word}`
    : `take "${word}" out, or join it to its flag with =`,
})

interface Kind {
  readonly boolean: boolean
  readonly known: Known | 'nobody'
}

function kindOf(name: string, etcd: string): Kind {
  if (isOptionName(name)) return { boolean: option(name).type === 'boolean', known: optionKnown(name, etcd) }
  return otherFlag(name, etcd) ?? { boolean: false, known: 'nobody' }
}

function undefinedFlag(name: string, known: Exclude<Kind['known'], 'yes'>) {
  const said = `flag provided but not defined: -${name}`
  if (known === 'nobody') {
    const nearest = nearestTo(name, [...optionNames, ...otherFlags])
    const mend = nearest === '' ? 'take it out' : 'write that, or take it out'
    return { said, exit: 2, mend: `no etcd that is known here has --${name}${nearest}; ${mend}` }
  }
  return {
    said,
    exit: 2,
    mend:
      'removedIn' in known
        ? `${known.removedIn} took --${name} away; take it out`
        : `--${name} comes with ${known.notBefore}; take it out, or use that release`,
  }
}
