import type { CellResult } from '../../reports/schema.ts'
import type { CatalogueCell } from '../run/catalogue.ts'
import type { Scenario } from '../scenario/claim.ts'
import type { Subject } from '../subject/subject.ts'

export function describeToAllure(_scenario: Scenario, _cell: CatalogueCell, _subject: Subject, _result: CellResult): Promise<void> {
  return Promise.resolve()
}
