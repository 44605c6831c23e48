import { temporaryFolder } from '../engine/temporary.ts'

/**
 * One folder under which all temporary folders of all tests lie, those of the programs that they start among them.
 * It carries the id of the test run: the sweep finds what a killed one left.
 * @returns what removes it again.
 */
export default async function temporaryRoot(): Promise<() => Promise<void>> {
  const folder = await temporaryFolder('tests')
  const before = process.env['TMPDIR']
  process.env['TMPDIR'] = folder.path
  return async () => {
    if (before === undefined) delete process.env['TMPDIR']
    else process.env['TMPDIR'] = before
    await folder[Symbol.asyncDispose]()
  }
}
