import { stringify } from 'yaml'
import { isFileRef, type FileRef } from '../../fixtures/credential.ts'
import {
  option,
  variableOf,
  type OptionName,
  type OptionValue,
  type OptionValues,
} from '../../fixtures/options.ts'
import { inputError } from '../errors.ts'
import type { Flags, Way } from '../scenario/world.ts'

/** Where a member finds its config file. */
export const configFilePath = '/etc/etcd-tls/etcd.yaml'

export interface ArgumentsInput {
  /** The member's own options; they win over the base ones. */
  readonly options: OptionValues
  /** How `options` are given; default `flag`. */
  readonly way?: Way
  /** How flags are written; default `two-dashes`. */
  readonly flags?: Flags
  /** Name, URLs, timers: what every member needs. Flags, except with `config-file`, where they are in the file. */
  readonly base: OptionValues
  /** Path in the container of a file of the world. */
  readonly pathOf: (file: FileRef) => string
}

/** How one etcd process is started. */
export interface EtcdArguments {
  /** Without the command itself. */
  readonly argv: readonly string[]
  readonly environment: Readonly<Record<string, string>>
  /** Text for `configFilePath`, with the way `config-file` only. */
  readonly configFile?: string
}

/**
 * The command line, variables and config file that say the given options. Pure.
 *
 * An option with the value undefined is left out. Errors: HarnessError `option-not-in-config-file` (exit 2).
 */
export function etcdArguments({
  options,
  way = 'flag',
  flags = 'two-dashes',
  base,
  pathOf,
}: ArgumentsInput): EtcdArguments {
  const flag = written[flags]
  const own = entries(options, pathOf)
  const given = new Set(own.map(({ name }) => name))
  const rest = entries(base, pathOf).filter(({ name }) => !given.has(name) && !(name in options))
  if (way === 'config-file') {
    return {
      argv: [`--config-file=${configFilePath}`],
      environment: {},
      configFile: configText([...rest, ...own]),
    }
  }
  if (way === 'flag') return { argv: [...rest, ...own].flatMap(flag), environment: {} }
  return { argv: rest.flatMap(flag), environment: Object.fromEntries(own.map(variable)) }
}

/** A value with its files placed. */
interface Entry {
  readonly name: OptionName
  readonly value: string | number | boolean | readonly string[]
}

function entries(options: OptionValues, pathOf: ArgumentsInput['pathOf']): Entry[] {
  const given = Object.entries(options) as [OptionName, OptionValue | undefined][]
  return given.flatMap(([name, value]) =>
    value === undefined ? [] : [{ name, value: isFileRef(value) ? pathOf(value) : value }],
  )
}

/** Go's flag package takes one dash for two, and a switch's value only after `=`. */
const written: Readonly<Record<Flags, (entry: Entry) => readonly string[]>> = {
  'two-dashes': (entry) => [`-${oneDash(entry)}`],
  'one-dash': (entry) => [oneDash(entry)],
  'one-dash-and-words': (entry) =>
    typeof entry.value === 'boolean' ? [oneDash(entry)] : [`-${entry.name}`, joined(entry)],
}

const oneDash = (entry: Entry): string =>
  entry.value === true ? `-${entry.name}` : `-${entry.name}=${joined(entry)}`

const variable = (entry: Entry): [string, string] => [variableOf(entry.name), joined(entry)]

const joined = ({ value }: Entry): string => (typeof value === 'object' ? value.join(',') : String(value))

/**
 * etcd reads JSON field names out of YAML (sigs.k8s.io/yaml) and ignores the ones it does not know. It reads
 * YAML 1.1, where a bare `y` is true and `1:20` is 80, so text is quoted.
 */
function configText(given: readonly Entry[]): string {
  const tree: Record<string, unknown> = {}
  for (const entry of given) put(tree, keyOf(entry.name), configValue(entry))
  return stringify(tree, { defaultStringType: 'QUOTE_DOUBLE', defaultKeyType: 'PLAIN' })
}

function keyOf(name: OptionName): readonly string[] {
  const { key } = option(name)
  if (key !== undefined) return key
  throw inputError(
    'option-not-in-config-file',
    `Option ${name} has no key in etcd's config file; give it as a flag or a variable.`,
  )
}

function configValue(entry: Entry): unknown {
  const { type, yamlList } = option(entry.name)
  if (type !== 'list') return entry.value
  const text = joined(entry)
  if (yamlList !== true) return text
  return text === '' ? [] : text.split(',')
}

function put(tree: Record<string, unknown>, [first, ...rest]: readonly string[], value: unknown): void {
  if (first === undefined) return
  if (rest.length === 0) tree[first] = value
  else put((tree[first] ??= {}) as Record<string, unknown>, rest, value)
}
