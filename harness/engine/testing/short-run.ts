/** A run that ends as soon as it is interrupted. It prints a line when it can be. */
import { once } from 'node:events'
import { during } from '../lifetime.ts'

const forever = setInterval(() => undefined, 60_000)
process.exitCode = await during(async ({ signal }) => {
  process.stdout.write('running\n')
  await once(signal, 'abort')
  clearInterval(forever)
  return 0
})
