import { expect, test } from 'vitest'
import { HarnessError } from '../errors.ts'
import { foldersIn, inMemory, MemoryChoice, type Memory } from './memory.ts'

/** What Docker 20.10 says of a volume that it cannot mount. */
const refused = new HarnessError(
  'no-container',
  'The engine cannot start held: error while mounting volume: failed to mount local volume: operation not permitted',
)

test('an engine that cannot mount ramfs is asked for it once', async () => {
  const choice = new MemoryChoice()
  const asked: Memory[] = []
  const make = (memory: Memory): Promise<string> => {
    asked.push(memory)
    return memory === 'ramfs' ? Promise.reject(refused) : Promise.resolve('made')
  }
  expect([await choice.make(make), await choice.make(make)]).toEqual(['made', 'made'])
  expect(asked).toEqual(['ramfs', 'tmpfs', 'tmpfs'])
})

test('what fails for another reason is not tried again', async () => {
  const choice = new MemoryChoice()
  const asked: Memory[] = []
  const make = (memory: Memory): Promise<string> => {
    asked.push(memory)
    return Promise.reject(new HarnessError('no-container', 'The engine cannot start held: address in use'))
  }
  await expect(choice.make(make)).rejects.toThrow('address in use')
  await expect(choice.make(make)).rejects.toThrow('address in use')
  expect(asked).toEqual(['ramfs', 'ramfs'])
})

test('a folder is either a tmpfs or a volume of ramfs', () => {
  expect(foldersIn('tmpfs', [inMemory], {})).toEqual({ Tmpfs: { [inMemory]: 'rw' } })
  expect(foldersIn('ramfs', [inMemory], { run: 'a' })).toMatchObject({
    Mounts: [
      {
        Type: 'volume',
        Target: inMemory,
        VolumeOptions: { Labels: { run: 'a' }, DriverConfig: { Options: { type: 'ramfs' } } },
      },
    ],
  })
})
