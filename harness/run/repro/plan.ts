import type { CellResult } from '../../../reports/schema.ts'
import { inputError, type HarnessError } from '../../errors.ts'
import type { Cell } from '../../scenario/claim.ts'
import type { Subject } from '../../subject/subject.ts'
import type { HandFiles } from '../by-hand/files.ts'
import type { Script } from './script.ts'

/** What one act showed in the run that a folder is made from. */
export type Seen = NonNullable<CellResult['probe']>

/** What steps of a folder are written from. */
export interface Stage {
  readonly cell: Cell
  readonly subject: Subject
  readonly result: CellResult
  readonly files: HandFiles
  readonly script: Script
  /** The addresses of the run → those of the folder. */
  readonly translate: (text: string) => string
}

/** What docker, openssl, curl and etcdctl cannot show: `not-shown`, exit 2. `why` ends the sentence. */
export const notShown = (why: string): HarnessError =>
  inputError('not-shown', `This cell cannot be shown without etcd-tls: ${why}.`)
