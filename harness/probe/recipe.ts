import type { RecipeProbe } from '../scenario/probe.ts'
import { followGuide } from '../world/recipes/cfssl-guide.ts'
import type { ProbeContext } from '../world/running.ts'
import type { Observation } from './observation.ts'
import { targetOf } from './target.ts'

/**
 * Follows a page's recipe with the real tools on this host; what it leaves is the output: the folder as `tree` prints
 * it, then a line per certificate. etcd is not spoken to. Errors: HarnessError of the recipe.
 */
export async function recipe(spec: RecipeProbe, context: ProbeContext): Promise<Observation> {
  const { address, port } = targetOf(spec.to, context)
  const at = new Date()
  const watch = performance.now()
  const { tree, certificates, commands } = await followGuide()
  return {
    probe: "the guide's commands with the real cfssl",
    at: at.toISOString(),
    milliseconds: Math.round(performance.now() - watch),
    to: `${address}:${String(port)}`,
    connected: true,
    answered: true,
    command: { exit: 0, stdout: [tree, '', ...certificates, ''].join('\n'), stderr: '' },
    byHand: commands,
    log: [],
  }
}
