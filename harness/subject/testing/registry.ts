import { createHash } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { gzipSync } from 'node:zlib'

/** An image registry on the loopback, which engines take without TLS. */
export interface TestRegistry extends AsyncDisposable {
  /** `127.0.0.1:41234` */
  readonly host: string
  /** What was asked for, `GET /v2/etcd/manifests/v3.6.16`. */
  readonly asked: readonly string[]
}

/**
 * Serves one image, the given tar as its only layer, under one repository and tag (OCI distribution and image
 * specifications, the pulling half).
 */
export async function serveImage(
  repository: string,
  tag: string,
  arch: string,
  tar: Buffer,
): Promise<TestRegistry> {
  const blobs = new Map<string, Buffer>()
  const keep = (mediaType: string, bytes: Buffer) => {
    blobs.set(digestOf(bytes), bytes)
    return { mediaType, digest: digestOf(bytes), size: bytes.length }
  }
  const rootfs = { type: 'layers', diff_ids: [digestOf(tar)] }
  const settings = JSON.stringify({ architecture: arch, os: 'linux', config: {}, rootfs })
  const manifest = Buffer.from(
    JSON.stringify({
      schemaVersion: 2,
      mediaType: manifestType,
      config: keep('application/vnd.docker.container.image.v1+json', Buffer.from(settings)),
      layers: [keep('application/vnd.docker.image.rootfs.diff.tar.gzip', gzipSync(tar, { level: 1 }))],
    }),
  )
  const named = new Map([
    ['/v2/', Buffer.from('{}')],
    ...[tag, digestOf(manifest)].map((name) => [`/v2/${repository}/manifests/${name}`, manifest] as const),
    ...[...blobs].map(([digest, bytes]) => [`/v2/${repository}/blobs/${digest}`, bytes] as const),
  ])
  return listen(named)
}

const manifestType = 'application/vnd.docker.distribution.manifest.v2+json'
const digestOf = (bytes: Buffer): string => `sha256:${createHash('sha256').update(bytes).digest('hex')}`

async function listen(named: ReadonlyMap<string, Buffer>): Promise<TestRegistry> {
  const asked: string[] = []
  const server = createServer((request, response) => {
    asked.push(`${request.method ?? ''} ${request.url ?? ''}`)
    const bytes = named.get(request.url ?? '')
    if (bytes === undefined) {
      response.writeHead(404, { 'content-type': 'application/json' })
      return void response.end('{"errors":[{"code":"MANIFEST_UNKNOWN","message":"manifest unknown"}]}')
    }
    const type = request.url?.includes('/manifests/') === true ? manifestType : 'application/octet-stream'
    response.writeHead(200, {
      'content-type': type,
      'content-length': bytes.length,
      'docker-content-digest': digestOf(bytes),
    })
    response.end(request.method === 'HEAD' ? undefined : bytes)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const host = `127.0.0.1:${String((server.address() as AddressInfo).port)}`
  const close = async (): Promise<void> => {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  }
  return { host, asked, [Symbol.asyncDispose]: close }
}
