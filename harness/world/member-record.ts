import { option, type OptionName } from '../../fixtures/options.ts'
import type { WorldRecord } from '../../reports/schema.ts'
import type { EtcdArguments } from './arguments.ts'
import type { MemberPlan } from './member.ts'
import { roleOf } from './roles.ts'

export type MemberRecord = WorldRecord['members'][number]

/** What was started, as results tell it. `argv` has the program first. */
export function recordOf(
  { name, address, spec }: Pick<MemberPlan, 'name' | 'address' | 'spec'>,
  { argv, environment, configFile }: EtcdArguments,
): MemberRecord {
  return {
    ...{ name, address, role: roleOf(spec), command: [...argv], environment: { ...environment } },
    set: (Object.entries(spec.options) as [OptionName, unknown][])
      .filter(([, value]) => value !== undefined)
      .map(([one]) => ({ option: one, way: spec.way ?? 'flag', listener: option(one).listener })),
    ...(configFile === undefined ? {} : { configFile }),
  }
}
