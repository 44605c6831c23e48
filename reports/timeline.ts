import type { CellResult, TimelineStep } from './schema.ts'

/** A timeline as a picture of rows: which certificate the files hold, what each connection was shown. Pure. */
export interface TimelineView {
  /** Names of the connections that are held open, a lane each. */
  readonly held: readonly string[]
  /** Certificates in the order of their first showing or writing. */
  readonly certificates: readonly {
    readonly mark: string
    readonly serial: string
    readonly subject?: string
  }[]
  readonly rows: readonly TimelineRow[]
}

export interface TimelineRow {
  readonly do: TimelineStep['do']
  /** When it began, from the start of the timeline: `52 ms`. */
  readonly at: string
  readonly name: string
  readonly what: string
  /** What differs, where the step did not come out as it says. */
  readonly differs?: string
  /** Of the certificate that was shown, or written. */
  readonly mark?: string
  /** Of the certificate that the files hold afterwards; none before the first one is known. */
  readonly files?: string
  /** Per held connection: opened or asked at this step, open meanwhile, or not there. */
  readonly open: readonly ('asked' | 'open' | 'none')[]
}

type Named = Pick<NonNullable<CellResult['world']>['certificates'][number], 'serial' | 'subject'>

/** `minted`: certificates of the world, for those that were written and never shown. */
export function timelineView(steps: readonly TimelineStep[], minted: readonly Named[] = []): TimelineView {
  const serials = [...new Set(steps.flatMap(({ serial }) => serial ?? []))]
  const mark = (serial: string | undefined): string | undefined =>
    serial === undefined ? undefined : letters(serials.indexOf(serial))
  const held = [...new Set(steps.flatMap(({ do: act, name }) => (act === 'hold' ? [name] : [])))]
  const spans = held.map((one) => spanOf(one, steps))
  let files: string | undefined
  return {
    held,
    certificates: serials.map((serial, n) => ({
      mark: letters(n),
      serial,
      ...subjectOf(serial, [...shownIn(steps), ...minted]),
    })),
    rows: steps.map((step, n) => {
      if (step.do === 'rotate') files = mark(step.serial) ?? files
      const shown = mark(step.serial)
      return {
        ...{ do: step.do, at: timeText(step.began), name: step.name, what: step.what },
        ...(step.met === true ? {} : { differs: step.met }),
        ...(shown === undefined ? {} : { mark: shown }),
        ...(files === undefined ? {} : { files }),
        open: spans.map(({ from, to, asked }) =>
          asked.includes(n) ? 'asked' : n > from && n < to ? 'open' : 'none',
        ),
      }
    }),
  }
}

/** Where a held connection begins and is asked for the last time. */
function spanOf(name: string, steps: readonly TimelineStep[]) {
  const asked = steps.flatMap(({ do: act, name: other }, n) =>
    (act === 'hold' || act === 'use') && other === name ? [n] : [],
  )
  return { asked, from: asked[0] ?? 0, to: asked.at(-1) ?? 0 }
}

const shownIn = (steps: readonly TimelineStep[]): readonly Named[] =>
  steps.flatMap(({ seen }) => seen?.dial?.certificate ?? seen?.tls?.server ?? [])

function subjectOf(serial: string, certificates: readonly Named[]): { subject?: string } {
  const found = certificates.find((certificate) => certificate.serial === serial)
  return found === undefined ? {} : { subject: found.subject }
}

/** A to Z, then A2, B2 … */
const letters = (n: number): string =>
  `${String.fromCharCode(65 + (n % 26))}${n < 26 ? '' : String(Math.floor(n / 26) + 1)}`

const timeText = (milliseconds: number): string =>
  milliseconds < 1000 ? `${String(Math.round(milliseconds))} ms` : `${(milliseconds / 1000).toFixed(1)} s`

const acts: Readonly<Record<TimelineStep['do'], string>> = {
  connect: 'new connection',
  hold: 'connection that stays open',
  use: 'open connection, asked again',
  rotate: 'files',
  restart: 'process',
  expire: 'clock',
}
export const actText = (act: TimelineStep['do']): string => acts[act]

/** A timeline line by line, for reports that are text. Not escaped: the reports do that. */
export function timelineLines({ timeline, world }: Pick<CellResult, 'timeline' | 'world'>): string[] {
  if (timeline === undefined) return []
  const { rows, certificates } = timelineView(timeline, world?.certificates)
  const width = Math.max(...rows.map(({ at }) => at.length))
  return [
    ...rows.map(
      ({ do: act, at, name, what, mark, differs }) =>
        `${differs === undefined ? '✔' : '✘'} ${at.padStart(width)}  ${actText(act)}: ${act === 'expire' ? what : name}` +
        (mark === undefined ? '' : `, ${act === 'rotate' ? 'now' : 'shown'} ${mark}`) +
        (differs === undefined ? '' : ` — ${differs}`),
    ),
    ...certificates.map(
      ({ mark, serial, subject }) => `${mark} is ${subject ?? 'a certificate'}, serial ${serial}`,
    ),
  ]
}
