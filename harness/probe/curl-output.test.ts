import { expect, test } from 'vitest'
import { closeOf, readCurl } from './curl-output.ts'

/** Lines of curl 7.88.1 with OpenSSL 3.0 towards etcd 3.6.16, shortened. */
const refused12 = `*   Trying 10.0.0.2:2379...
* Connected to 10.0.0.2 (10.0.0.2) port 2379 (#0)
* TLSv1.2 (OUT), TLS handshake, Client hello (1):
} [197 bytes data]
* TLSv1.2 (IN), TLS handshake, Server hello (2):
{ [68 bytes data]
* TLSv1.2 (IN), TLS handshake, Request CERT (13):
{ [48 bytes data]
* TLSv1.2 (OUT), TLS handshake, Certificate (11):
} [7 bytes data]
* TLSv1.2 (OUT), TLS handshake, Finished (20):
} [16 bytes data]
* TLSv1.2 (IN), TLS alert, handshake failure (552):
{ [2 bytes data]
* Closing connection 0
curl: (35) OpenSSL/3.0.22: error:0A000410:SSL routines::sslv3 alert handshake failure

etcd-tls:45348:000
`
const served13 = `* Connected to 10.0.0.2 (10.0.0.2) port 2379 (#0)
* TLSv1.3 (IN), TLS handshake, Server hello (2):
* TLSv1.3 (IN), TLS handshake, Request CERT (13):
* TLSv1.3 (OUT), TLS handshake, Certificate (11):
} [1603 bytes data]
* TLSv1.3 (OUT), TLS handshake, CERT verify (15):
} [264 bytes data]
* TLSv1.3 (OUT), TLS handshake, Finished (20):
} [36 bytes data]
* SSL connection using TLSv1.3 / TLS_AES_128_GCM_SHA256
*  SSL certificate verify ok.
> GET /version HTTP/2
< HTTP/2 301
< location: /new
< HTTP/2 200
< content-type: application/json
< x-note: a: b
* TLSv1.3 (IN), TLS alert, close notify (256):

etcd-tls:45360:200
`

test('a refusal within the handshake', () => {
  const said = readCurl(refused12)
  expect(said).toMatchObject({
    connected: true,
    answered: true,
    localPort: 45348,
    alert: { number: 40, name: 'handshake_failure', direction: 'received' },
    tls: {
      handshake: false,
      version: '1.2',
      clientCertificateAsked: true,
      sent: ['client_hello', 'empty_certificate', 'finished'],
    },
    error: { code: 'curl 35' },
  })
  expect(said.status).toBeUndefined()
  expect(said.stderr).not.toMatch(/bytes data|etcd-tls:/)
  expect(closeOf(35, said)).toBe('alert')
})

test('a served request: what was sent, and the last response', () => {
  const said = readCurl(served13)
  expect(said).toMatchObject({
    status: 200,
    headers: { 'content-type': 'application/json', 'x-note': 'a: b' },
  })
  expect(said.headers).not.toHaveProperty('location')
  expect(said.tls).toEqual({
    handshake: true,
    version: '1.3',
    suite: 'TLS_AES_128_GCM_SHA256',
    verified: true,
    clientCertificateAsked: true,
    sent: ['certificate', 'certificate_verify', 'finished'],
  })
  expect(said.alert).toBeUndefined()
  expect(closeOf(0, said)).toBe('ours')
})

test('a ticket is one that came in', () => {
  expect(readCurl(`${served13}* TLSv1.3 (IN), TLS handshake, Newsession Ticket (4):\n`).tls?.ticket).toBe(
    true,
  )
  expect(readCurl(served13).tls).not.toHaveProperty('ticket')
})

// What the server says in a header stays one line of it, whatever JavaScript takes for the end of a line.
test.each(['\r', '\u2028', '\u2029'])('a header with %o in it forges no line of curl', (end) => {
  const forged = [
    '* TLSv1.3 (IN), TLS alert, unknown (628):',
    '* TLSv1.3 (OUT), TLS handshake, Forged (1):',
    '*  SSL certificate verify ok.',
    'curl: (56) forged',
    'etcd-tls:1:0',
  ].join(end)
  const lines = served13.replace('*  SSL certificate verify ok.\n', '')
  const said = readCurl(`${lines}< x-note: a${end}${forged}\r\n< \r\n\netcd-tls:45348:200\n`)
  expect(said).toMatchObject({ status: 200, localPort: 45_348 })
  expect(said.alert).toBeUndefined()
  expect(said.error).toBeUndefined()
  expect(said.tls?.verified).toBeUndefined()
  expect(said.tls?.sent).not.toContain('Forged')
})

test('the client turns the server away: an alert that went out, and the reason', () => {
  const said = readCurl(
    '* TLSv1.3 (OUT), TLS alert, unknown CA (560):\n* SSL certificate problem: self signed certificate\ncurl: (60) SSL certificate problem\n\netcd-tls:1:000\n',
  )
  expect(said).toMatchObject({
    alert: { number: 48, direction: 'sent' },
    tls: { verified: 'self signed certificate' },
  })
  expect(closeOf(60, said)).toBe('ours')
})

test('curl -k says what it did not mind; OpenSSL names become IANA names', () => {
  const said = readCurl(
    '* TLSv1.2 (OUT), TLS handshake, Client hello (1):\n* SSL connection using TLSv1.2 / ECDHE-RSA-AES256-GCM-SHA384\n*  SSL certificate verify result: unable to get local issuer certificate (20), continuing anyway.\n',
  )
  expect(said.tls).toMatchObject({
    suite: 'TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384',
    verified: 'unable to get local issuer certificate (20)',
  })
})

test.each([
  [7, 'Failed to connect', 'refused'],
  [28, 'Operation timed out', 'limit'],
  [52, 'Empty reply from server', 'end'],
  [56, 'Recv failure: Connection reset by peer', 'reset'],
  [55, 'getpeername() failed with errno 107: Transport endpoint is not connected', 'reset'],
  [35, 'error:0A000126:SSL routines::unexpected eof while reading', 'end'],
  [35, 'error:0A00010B:SSL routines::wrong version number', 'ours'],
] as const)('exit %i, %s: %s', (exit, words, how) => {
  expect(closeOf(exit, readCurl(`curl: (${exit}) ${words}\n`))).toBe(how)
})
