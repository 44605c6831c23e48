import { setImmediate } from 'node:timers/promises'
import { parentPort, workerData } from 'node:worker_threads'
import { teachVocabulary } from './vocabulary.ts'

// What its loading throws is told by whoever loads it in earnest.
teachVocabulary()
await import(String(workerData)).catch(() => undefined)
// Promises that nobody waits for are rejected by now.
await setImmediate()
parentPort?.postMessage('loaded')
