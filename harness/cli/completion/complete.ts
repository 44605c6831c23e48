import type { Argument, Command, Option } from 'commander'
import { valuesOf } from './values.ts'

/**
 * What the last word of a command line may be: lines for the shells (`shells.ts`), the best first. All of it is read
 * from commander, so a new command is completed as soon as it is there.
 * @param words without the program's own name
 */
export async function complete(program: Command, words: readonly string[]): Promise<string[]> {
  const [name = '', ...rest] = words
  if (words.length < 2) return matching(commandsOf(program), name)
  const command = program.commands.find((one) => one.name() === name)
  if (command === undefined) return []
  const word = rest.at(-1) ?? ''
  const before = rest.slice(0, -1)
  const [, flag, value] = /^(--[\w-]+)=(.*)$/.exec(word) ?? []
  if (flag !== undefined) {
    const found = await offersOf(optionOf(command, flag), value ?? '')
    return found.map((line) => (line === ':files' ? line : `${flag}=${line}`))
  }
  const option = optionOf(command, before.at(-1))
  if (option?.required === true || option?.optional === true) return offersOf(option, word)
  if (word.startsWith('-')) return matching(optionsOf(command), word)
  return offersOf(argumentAt(command, before), word)
}

type Offer = readonly [word: string, meaning: string]

const commandsOf = (program: Command): Offer[] => [
  ...program
    .createHelp()
    .visibleCommands(program)
    .map((one): Offer => [one.name(), one.description()]),
  ...optionsOf(program),
]

const optionsOf = (command: Command): Offer[] =>
  command
    .createHelp()
    .visibleOptions(command)
    .flatMap(({ long, description }): Offer[] => (typeof long === 'string' ? [[long, description]] : []))

const optionOf = (command: Command, word: string | undefined): Option | undefined =>
  command.options.find((option) => word !== undefined && (option.long === word || option.short === word))

/** Which of its arguments the next word is. */
function argumentAt(command: Command, before: readonly string[]): Argument | undefined {
  let place = 0
  for (const [n, word] of before.entries()) {
    const earlier = optionOf(command, before[n - 1])
    const isValue = earlier?.required === true || earlier?.optional === true
    if (!word.startsWith('-') && !isValue) place += 1
  }
  const all = command.registeredArguments
  const last = all.at(-1)
  return all[place] ?? (last?.variadic === true ? last : undefined)
}

async function offersOf(of: Option | Argument | undefined, word: string): Promise<string[]> {
  if (of === undefined) return []
  if (of.argChoices !== undefined)
    return matching(
      of.argChoices.map((one) => [one, '']),
      word,
    )
  const called = 'flags' in of ? /[<[]([\w-]+)/.exec(of.flags)?.[1] : of.name()
  const values = await valuesOf(called ?? '', word)
  return values === 'files'
    ? [':files']
    : matching(
        values.map((one) => [one, '']),
        word,
      )
}

function matching(offers: readonly Offer[], word: string): string[] {
  const start = word.replace(/^['"]/, '')
  return offers
    .filter(([text]) => text.startsWith(start))
    .map(([text, meaning]) => (meaning === '' ? text : `${text}\t${meaning}`))
}
