import type { CellResult } from '../../../reports/schema.ts'
import { headingOf, urlOf } from '../../../fixtures/pages.ts'
import { expanded } from '../../judge/expand.ts'
import type { Subject } from '../../subject/subject.ts'
import { HandFiles } from '../by-hand/files.ts'
import { placeOf } from '../by-hand/hand-place.ts'
import { sectionOf, type CatalogueCell } from '../catalogue/cells.ts'
import type { WorldSpec } from '../../scenario/world.ts'
import { worldsOf } from '../gather/gather.ts'
import { spelt } from '../release/spelling.ts'
import { cellSteps } from './cell-steps.ts'
import { composeFile } from './compose.ts'
import type { ImageWay } from './image.ts'
import { notShown, type Stage } from './plan.ts'
import { readme } from './readme.ts'
import { functionsScript, runScript } from './run-script.ts'
import { Script } from './script.ts'
import { translation } from './translate.ts'

/** A cell that was played. */
export interface Played {
  readonly cell: CatalogueCell
  /** The heading of its section, where its scenario gives one. */
  readonly heading?: string
  readonly subject: Subject
  readonly result: CellResult
  readonly image: ImageWay
}

/** Path → text of every file of the folder, `.sh` to be executable. Errors: `not-shown` (exit 2). */
export function reproFolder({
  cell: { cell: plain, cellId, claimId, claim },
  heading,
  subject,
  result,
  image,
}: Played): Record<string, string> {
  const cell = expanded(spelt(plain, subject.etcd), subject)
  const worlds = worldsOf(cell)
  const place = placeOf(worlds, true)
  const files = new HandFiles(
    worlds.reduceRight<WorldSpec['authorities']>((sofar, one) => ({ ...sofar, ...one.authorities }), {}),
    place,
  )
  const script = new Script()
  const stage: Stage = {
    cell,
    subject,
    result,
    files,
    script,
    translate: translation(result, cell.given, place),
  }
  const { processes, reason } = cellSteps(stage)
  const wanting = files.lines.find((text) => text.includes('here yourself') || text.includes('put it here'))
  if (wanting !== undefined)
    throw notShown(`openssl alone cannot make a file (${wanting.replace(/^# /, '')})`)
  if (script.expected.length === 0) throw notShown('the run saw nothing that could be compared')
  const section = sectionOf({ claimId })
  return {
    'run.sh': runScript({
      cellId,
      says: claim.says,
      subject,
      hint: image.hint,
      network: place.network?.subnet.replace(/\.0\/24$/, '') ?? '',
      dns: worlds.some(({ dns }) => dns !== undefined),
      service: processes.some(({ asService }) => asService),
    }),
    'functions.sh': functionsScript(),
    'certificates.sh': `${certificatesHead}${files.lines.join('\n')}\n`,
    'steps.sh': `${stepsHead}${script.steps.join('\n')}\n`,
    'expected.txt': `${script.expected.join('\n')}\n`,
    'compose.yaml': composeFile(processes, stage),
    ...script.files,
    ...(image.script === undefined ? {} : { 'image.sh': image.script }),
    'README.md': readme(
      {
        cellId,
        says: claim.says,
        heading: heading ?? headingOf(section),
        url: urlOf(section),
        cites: claim.cites ?? [],
        image: image.told,
        reason,
      },
      stage,
    ),
  }
}

const certificatesHead = `# New keys and certificates, laid out for each process. By hand: bash -eu certificates.sh, with openssl 3.
`
const stepsHead = `# What is done; run.sh reads this. Every word that is no usual command is explained in functions.sh.
`
