import { join } from 'node:path'
import { claimDigest } from '../../gathered/claim-digest.ts'
import { formatVersion } from '../../gathered/record.ts'
import { gatheredFile, writeGathered } from '../../gathered/write.ts'
import type { Subject } from '../../subject/subject.ts'
import type { CatalogueCell } from '../catalogue/cells.ts'
import { evidenceFolder } from './evidence-folder.ts'
import type { Gathered } from './gather.ts'

/** Keeps what was gathered for a cell, before it is judged. */
export type Keep = (cell: CatalogueCell, subject: Subject, gathered: Gathered) => Promise<void>

/** Keeps it in the evidence folder of each cell, as it comes, so that the judge can judge it again. */
export const keepIn =
  (out: string, run: string): Keep =>
  (cell, { name, etcd, go, tls, image }, { evidence, record, addresses }) =>
    writeGathered(join(out, evidenceFolder(name, cell.cellId), gatheredFile), {
      format: 'etcd-tls/gathered',
      formatVersion,
      cell: cell.cellId,
      asked: claimDigest(cell),
      run,
      subject: { name, etcd, go, tls: [...tls], image },
      addresses,
      evidence,
      world: record,
    })
