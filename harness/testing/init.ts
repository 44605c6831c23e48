import { berthInit } from '../tool/init.ts'

/** The init of berths for the engine of this machine. */
export async function testInit(): Promise<string> {
  const arch = { x64: 'amd64' }[process.arch as string] ?? process.arch
  const init = await berthInit(arch, new AbortController().signal)
  if (init === undefined) throw new Error('There is no Go to build the init with.')
  return init
}
