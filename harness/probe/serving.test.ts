import { expect, test } from 'vitest'
import { capable, notYetCapable, proxyServes, servingWords } from './serving.ts'

const published = 'published {Name:m1 ClientURLs:[http://10.138.0.2:2379]} to cluster 291a4b415cf5d94a'

/** The first of these messages that says so. */
const saidBy = (...messages: string[]): string | undefined => {
  const says = servingWords()
  return messages.find((message) => says({ message }))
}

test('etcd 2 serves when it is published, all others when they say so', () => {
  const older = ['etcd Version: 2.3.8', 'listening for client requests on http://10.138.0.2:2379', published]
  expect(saidBy(...older)).toBe(published)
  const serving = 'serving insecure client requests on 10.138.0.2:2379, this is strongly discouraged!'
  expect(saidBy('etcd Version: 3.1.20', published, 'ready to serve client requests', serving)).toBe(serving)
  expect(saidBy(published, 'serving client traffic securely')).toBe('serving client traffic securely')
})

test('what one process said is not held against the next one', () => {
  expect(saidBy('etcd Version: 2.3.8', published)).toBe(published)
  expect(saidBy(published)).toBeUndefined()
})

test('a proxy says it in words of its own', () => {
  expect(proxyServes({ message: 'proxy: listening for client requests on https://10.138.0.2:2379' })).toBe(
    true,
  )
  expect(proxyServes({ message: 'v2 proxy started listening on client requests' })).toBe(true)
  expect(proxyServes({ message: 'listening for client requests on http://10.138.0.2:2379' })).toBe(false)
})

test('3.0 and 3.1 become capable of gRPC later', () => {
  const says = (message: string): boolean => notYetCapable({ message })
  expect(['3.0.17', '3.1.0', '3.1.20'].every((version) => says(`etcd Version: ${version}`))).toBe(true)
  expect(['2.3.8', '3.2.0', '3.10.0', '3.4.25'].some((version) => says(`etcd Version: ${version}`))).toBe(
    false,
  )
  expect(capable({ message: 'enabled capabilities for version 3.0' })).toBe(true)
  expect(capable({ message: 'set the initial cluster version to 3.0' })).toBe(false)
})
