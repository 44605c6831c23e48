import { servesV2 } from '../../fixtures/options.ts'
import type { Cell, Scenario } from '../scenario/claim.ts'
import type { WorldSpec } from '../scenario/world.ts'
import type { Subject } from '../subject/subject.ts'
import type { ToolName } from '../tool/tools.ts'
import { notApplicable } from './release/applicability.ts'
import { cellsOf } from './catalogue/cells.ts'
import { worldsOf } from './gather/gather.ts'
import { onlyIds } from './catalogue/only.ts'

/** The tools that some planned, applicable cell needs on some subject. Pure. */
export function toolsNeeded(
  scenarios: readonly Scenario[],
  subjects: readonly Subject[],
  only: readonly string[],
): Set<ToolName> {
  const needed = scenarios.flatMap((scenario) =>
    cellsOf(scenario)
      .filter(onlyIds(only))
      .flatMap(({ cell }) =>
        subjects
          .filter((subject) => notApplicable(scenario.id, cell, subject) === undefined)
          .flatMap((subject) => [
            ...worldsOf(cell).flatMap((world) => toolsOf(world, subject)),
            ...certificateTools(cell),
          ]),
      ),
  )
  return new Set(needed)
}

function toolsOf(world: WorldSpec, { etcd }: Pick<Subject, 'etcd'>): ToolName[] {
  const service = Object.values(world.members).some(({ role }) => role === 'service')
  return [
    ...(world.dns === undefined ? [] : (['coredns'] as const)),
    ...(service && !servesV2(etcd) ? (['v2-service'] as const) : []),
  ]
}

/** Credentials are described in many places of a cell; wherever it is, it is said with these words. */
const certificateTools = (cell: Cell): ToolName[] =>
  JSON.stringify(cell).includes('"madeBy":"cfssl"') ? ['cfssl'] : []
