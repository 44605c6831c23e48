/**
 * How an etcd of our own build is made: what is written into go.mod, what the compiler is told, and what the
 * image holds. A change here makes new images.
 */

/** This file itself: its text is part of what names a recipe. */
export const recipeFile = import.meta.filename

/** The two commands of a release and the modules that hold them. */
export interface CommandSource {
  readonly name: 'etcd' | 'etcdctl'
  readonly module: string
  /** Import path of upstream's own main package, `//go:debug` lines and all. */
  readonly package: string
}

/** 3.4 is one module; from 3.5 on server and etcdctl have their own. */
export function commandSources(line: string): readonly CommandSource[] {
  if (line === '3.4') {
    const module = 'go.etcd.io/etcd'
    return [
      { name: 'etcd', module, package: module },
      { name: 'etcdctl', module, package: `${module}/etcdctl` },
    ]
  }
  return [
    { name: 'etcd', module: 'go.etcd.io/etcd/server/v3', package: 'go.etcd.io/etcd/server/v3' },
    { name: 'etcdctl', module: 'go.etcd.io/etcd/etcdctl/v3', package: 'go.etcd.io/etcd/etcdctl/v3' },
  ]
}

/** What the go.mod of a module says about the language and the runtime. */
export interface GoSettings {
  /** The `go` line; undefined where there is none. */
  readonly go?: string
  /** The `toolchain` line, without `go`. */
  readonly toolchain?: string
  /** `godebug` settings, `key=value`. */
  readonly godebug: readonly string[]
}

/**
 * go.mod of the module that the build starts from; it has no code of its own. Go takes the defaults of GODEBUG
 * (TLS 1.0 on servers, RSA key exchange, 3DES, strictness of certificates) from the `go` line and `godebug`
 * settings of the *main* module (go.dev/doc/godebug), so both are upstream's; replace directives of upstream
 * only join the modules of one release and are not needed.
 */
export const goMod = (module: string, version: string, { go, godebug }: GoSettings): string =>
  [
    'module etcd-tls/build',
    ...(go === undefined ? [] : [`go ${go}`]),
    ...godebug.map((setting) => `godebug ${setting}`),
    `require ${module} ${version}`,
    '',
  ].join('\n\n')

/** Arguments of `go`. -trimpath came with Go 1.13. */
export const buildArguments = (goMinor: number, output: string, packagePath: string): string[] => [
  'build',
  ...(goMinor >= 13 ? ['-trimpath'] : []),
  '-ldflags=-s -w',
  '-o',
  output,
  packagePath,
]

/** -mod=mod lets the build complete go.mod and go.sum by itself; before Go 1.14 that is what it always does. */
export const buildFlags = (goMinor: number): string => (goMinor >= 14 ? '-mod=mod' : '')

/** What is in the image beside the commands; the numbers are file modes. */
export const imageFolders: Readonly<Record<string, number>> = {
  'tmp/': 0o1777,
  'var/etcd/': 0o700,
  'etc/ssl/certs/': 0o755,
}

/** Where the commands are, as in the official images. */
export const commandFolder = 'usr/local/bin/'

/** Dockerfile instructions of the image, beside its labels. */
export const imageChanges: readonly string[] = ['ENV PATH=/usr/local/bin:/usr/bin:/bin', 'CMD ["etcd"]']

/**
 * Packages of a Debian suite that make a tree etcd runs in; usr-is-merged came with bookworm. A suite that is
 * not named here is a later one.
 */
export const debianPackages = (suite: string): readonly string[] => [
  'base-files',
  ...(suite === 'bullseye' ? [] : ['usr-is-merged']),
  'etcd-server',
  'etcd-client',
]
