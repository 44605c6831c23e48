import { z } from 'zod'
import {
  CellResult,
  Check,
  ClaimRecord,
  Declared,
  Observation,
  Results,
  SubjectRecord,
  Verdict,
  WorldRecord,
} from './schema.ts'

/**
 * The JSON Schema (draft 2020-12) of a results file, as published in `results-schema.json`.
 * Fields a later edition adds are allowed, as they are by the reader here.
 */
export function resultsJsonSchema(): Record<string, unknown> {
  const named = z.registry<{ id?: string; title?: string; description?: string }>()
  const parts = { CellResult, Check, ClaimRecord, Declared, Observation, SubjectRecord, Verdict, WorldRecord }
  for (const [id, part] of Object.entries(parts)) named.add(part, { id })
  named.add(Results, {
    title: 'Results of an etcd-tls run',
    description: 'One run of etcd-tls: what was promised, what was seen, and the verdicts. Format version 1.',
  })
  return { ...z.toJSONSchema(Results, { target: 'draft-2020-12', io: 'input', metadata: named }) }
}
