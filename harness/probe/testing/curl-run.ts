/** Makes a curl probe of the port it is given, through any SIGINT, and prints what was seen as JSON. */
import { curl, url } from '../../scenario/probe.ts'
import { observe } from '../observe.ts'
import { standIn } from './stand-in.ts'

const [port] = process.argv.slice(2)
process.on('SIGINT', () => undefined)
const seen = await observe(
  curl({ args: [url('/version', 'http')] }),
  standIn(Number(port), { limit: 5000 }).context,
)
process.stdout.write(JSON.stringify(seen))
