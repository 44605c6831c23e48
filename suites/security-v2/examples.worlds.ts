import type { Flags, WorldSpec } from 'etcd-tls/scenario'

/** The page's command lines have one dash, and values after = or as words of their own. */
export const oneDash = ['one-dash', 'one-dash-and-words'] as const satisfies readonly Flags[]

/** A world of one process started so, under the printed name and with the printed folder. */
export function asPrinted(world: WorldSpec, flags: Flags): WorldSpec {
  const { m1 } = world.members
  if (m1 === undefined) throw new Error('a world of one process has m1')
  const options = { name: 'infra0', 'data-dir': 'infra0', ...m1.options }
  return { ...world, members: { m1: { ...m1, flags, options } } }
}
