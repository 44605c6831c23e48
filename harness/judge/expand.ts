import { lineOf } from '../../fixtures/step.ts'
import type { Cell } from '../scenario/claim.ts'
import type { Build } from '../subject/subject.ts'

/** The cell with `<version>` and `<minor>` replaced by the build's in what an answer or a log must contain. */
export function expanded<C extends Cell>(cell: C, { etcd }: Build): C {
  const line = lineOf(etcd)
  const fill = (text: string) => text.replaceAll('<version>', etcd).replaceAll('<minor>', line)
  const filled = <T extends object>(expected: T): T => {
    const { contains, logs } = expected as { contains?: readonly string[]; logs?: Logs }
    return {
      ...expected,
      ...(contains && { contains: contains.map(fill) }),
      ...(logs && { logs: isList(logs) ? logs.map(fill) : mapped(logs, (texts) => texts.map(fill)) }),
    }
  }
  return {
    ...cell,
    then: filled(cell.then),
    ...('control' in cell && cell.control !== undefined && { control: filled(cell.control) }),
  }
}

/** Texts of one process, or of several by their names. */
type Logs = readonly string[] | Readonly<Record<string, readonly string[]>>
const isList = (logs: Logs): logs is readonly string[] => Array.isArray(logs)
const mapped = <T>(record: Readonly<Record<string, T>>, change: (value: T) => T): Record<string, T> =>
  Object.fromEntries(Object.entries(record).map(([name, value]) => [name, change(value)]))
