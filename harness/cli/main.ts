#!/usr/bin/env node
import { keepCompiled } from './compiled.ts'

// Before anything else is loaded.
keepCompiled(process.argv[2])
await import('./start.ts')
