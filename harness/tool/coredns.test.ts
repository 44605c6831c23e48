import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { officialImages } from '../../docker/dns/recipe.ts'
import type { Surroundings } from '../subject/road.ts'
import { corednsImage } from './coredns.ts'

/** An engine that has the given images, and registries that do not answer. */
function surroundings(images: readonly string[]): Surroundings {
  const absent = Object.assign(new Error('no such image'), { statusCode: 404 })
  const dockerode = {
    listImages: async () => [],
    getImage: (name: string) => ({
      inspect: async () => (images.includes(name) ? { Id: name } : Promise.reject(absent)),
    }),
    pull: async () => Promise.reject(new Error('dial tcp: no such host')),
  }
  return {
    engine: { container: { dockerode } } as unknown as Surroundings['engine'],
    arch: 'amd64',
    runId: 'test',
    signal: new AbortController().signal,
    onProgress: () => undefined,
  }
}

let empty: string
beforeAll(async () => {
  empty = await mkdtemp(join(tmpdir(), 'etcd-tls-test-no-go-'))
  vi.stubEnv('PATH', empty)
})
afterAll(async () => {
  vi.unstubAllEnvs()
  await rm(empty, { recursive: true })
})

test('without Go and registry the error names both, and what to do', async () => {
  const error = await corednsImage(surroundings([])).catch((reason: unknown) => reason)
  expect(error).toMatchObject({ code: 'no-coredns', exit: 3 })
  expect((error as Error).message).toMatch(
    /no Go 1\.21 or newer on the PATH.*no registry hands out docker\.io/,
  )
  expect((error as Error).message).toMatch(
    /Install Go .*, pull the image, or leave these claims out with --only/,
  )
})

test('without Go the official image will do', async () => {
  const [, other = ''] = officialImages
  expect(await corednsImage(surroundings([other]))).toBe(other)
})
