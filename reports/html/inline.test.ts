import { runInNewContext } from 'node:vm'
import { expect, test } from 'vitest'
import { inlined } from './inline.ts'

const modules: Readonly<Record<string, string>> = {
  main: "import './effect.js'\nimport { one, two } from './both.js'\nconst told = 'main'\nresult.push(told, one, two())\n",
  both: "import { base } from './base.js'\nexport const one = base + 1\nexport function two() {\n  return base + 2\n}\n",
  effect: "import {\n  base,\n} from './base.js'\nconst told = 'effect'\nresult.push(told, base)\n",
  base: 'const told = 10\nresult.push("base")\nexport const base = told\n',
}

test('each module once, after what it imports, with names of its own', () => {
  const result: unknown[] = []
  runInNewContext(
    inlined('main', (name) => modules[name] ?? ''),
    { result },
  )
  expect(result).toEqual(['base', 'effect', 10, 'main', 11, 12])
})
