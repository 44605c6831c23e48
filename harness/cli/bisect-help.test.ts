import { expect, test } from 'vitest'
import { loadCatalogue, suiteFiles } from '../run/catalogue/catalogue.ts'
import { cellsOfId } from '../run/bisect/cells-of-id.ts'
import { checkAsked } from '../run/bisect/history.ts'
import { bisectHelp } from './bisect.ts'

test('the examples of the help name claims and builds that there are', async () => {
  const files = await suiteFiles()
  const scenarios = await loadCatalogue(files)
  const examples = [...bisectHelp.matchAll(/etcd-tls bisect (\S+)[\s\\]+--from (\S+) --to (\S+)/g)]
  expect(examples).toHaveLength(4)
  for (const [, id = '', from = '', to = ''] of examples) {
    expect(cellsOfId(id, scenarios, files).cells.length).toBeGreaterThan(0)
    checkAsked(from, to)
  }
})
