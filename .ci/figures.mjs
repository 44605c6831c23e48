// Prints `PASSED FAILED SKIPPED` from vitest's JSON report and the exit status of the command that wrote it.
// A file that broke without a failed test in it counts as one failure, and so does a status that nothing explains.
import { readFileSync } from 'node:fs'

const [file, status] = process.argv.slice(2)

function read() {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return { testResults: [] }
  }
}

const files = read().testResults
const of = (...states) =>
  files.flatMap((one) => one.assertionResults).filter(({ status }) => states.includes(status))
const broken = files.filter(
  (one) => one.status === 'failed' && !one.assertionResults.some((test) => test.status === 'failed'),
)
const [passed, failed] = [of('passed').length, of('failed').length + broken.length]
const skipped = of('skipped', 'pending', 'todo', 'disabled').length
const unexplained = status !== '0' && failed === 0 ? 1 : 0
console.log(passed, failed + unexplained, skipped)
