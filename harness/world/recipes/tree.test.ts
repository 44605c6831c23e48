import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { temporaryFolder } from '../../engine/temporary.ts'
import { filesUnder, treeOf } from './tree.ts'

test('a folder is printed as tree prints it', async () => {
  await using folder = await temporaryFolder('tree')
  await mkdir(join(folder.path, 'a/b/c'), { recursive: true })
  await mkdir(join(folder.path, 'a/d'))
  for (const name of ['a/z', 'a/b/c/x', 'a/d/y', 'a/d/w']) await writeFile(join(folder.path, name), '')
  expect(await filesUnder(join(folder.path, 'a/d'))).toEqual(['w', 'y'])
  expect(await treeOf(folder.path, 'a')).toBe(
    [
      'a/',
      '├── b',
      '│   └── c',
      '│       └── x',
      '├── d',
      '│   ├── w',
      '│   └── y',
      '└── z',
      '',
      '3 directories, 4 files',
    ].join('\n'),
  )
})
