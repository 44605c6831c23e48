import { describe, expect, test } from 'vitest'
import { readFlags, readVersions } from './version.ts'

const says = (etcd: string, go: string): string =>
  `etcd Version: ${etcd}\nGit SHA: Not provided (use ./build instead of go build)\nGo Version: ${go}\nGo OS/Arch: linux/amd64\n`

describe('versions', () => {
  test.each([
    ['3.7.3', 'go1.26.10', { etcd: '3.7.3', go: '1.26.10' }],
    ['3.8.0-alpha.0', 'go1.26.4', { etcd: '3.8.0-alpha.0', go: '1.26.4' }],
    ['3.5.16', 'go1.24', { etcd: '3.5.16', go: '1.24.0' }],
    ['3.5.9', 'go1.22.7 (Red Hat 1.22.7-1.el9) X:strictfipsruntime', { etcd: '3.5.9', go: '1.22.7' }],
    ['3.5.9', 'go1.26.10-vendor', { etcd: '3.5.9', go: '1.26.10' }],
  ])('%s made with %s', (etcd, go, expected) => {
    expect(readVersions('x', says(etcd, go))).toEqual(expected)
  })

  test('a warning before the lines does not hide them', () => {
    const output = `WARNING: Package "github.com/golang/protobuf" is deprecated.\n\n${says('3.4.25', 'go1.19.8')}`
    expect(readVersions('x', output)).toEqual({ etcd: '3.4.25', go: '1.19.8' })
  })

  test.each([
    ['', 'not-etcd'],
    ['etcdctl version: 3.6.16\nAPI version: 3.6\n', 'not-etcd'],
    ['Error: etcd Version: 3.6.16', 'not-etcd'],
    ['etcd Version: 3.6.16\n', 'not-etcd'],
    [says('3.6', 'go1.26.10'), 'odd-version'],
    [says('v3.6.16', 'go1.26.10'), 'odd-version'],
    [says('3.6.16; rm -rf', 'go1.26.10'), 'odd-version'],
    [says('', 'go1.26.10'), 'odd-version'],
    [says('3.6.16', 'devel go1.27-abcdef'), 'odd-go'],
    [says('3.6.16', 'go1.26rc1'), 'odd-go'],
  ])('%j is refused as %s', (output, code) => {
    expect(() => readVersions('file:/x', output)).toThrow(expect.objectContaining({ code, exit: 2 }))
  })

  test('what a hostile build says is cut and cleaned', () => {
    const hostile = `\u001b]0;owned\u0007\u001b[2J${'A'.repeat(1_000_000)}`
    for (const output of [hostile, says(hostile, 'go1.26.10'), says('3.6.16', hostile)])
      try {
        readVersions('file:/x', output)
        expect.unreachable()
      } catch (error) {
        const { message } = error as Error
        expect(message.length).toBeLessThan(300)
        expect(message).not.toMatch(/\p{Cc}/u)
      }
  })
})

test('flags are the lines that begin with one, not words of a text', () => {
  const help = [
    'Usage:',
    '',
    '  etcd --version',
    '    Show the version of etcd.',
    '  etcd -h | --help',
    '    Duration-typed fields (for example --heartbeat-interval, --election-timeout,',
    '    --watch-progress-notify-interval) must be integers.',
    "  --name 'default'",
    '    Enabling this removes http from --listen-client-urls.',
    "\t--cert-file ''",
    "  --name 'twice'",
  ]
  expect(readFlags(help.join('\n'))).toEqual(['cert-file', 'help', 'name', 'version'])
})
