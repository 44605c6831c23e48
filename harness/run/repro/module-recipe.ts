import { minor } from 'semver'
import { etcdPath, gopathOf, installArguments, sourceFolder } from '../../../docker/etcd/gopath-recipe.ts'
import { buildArguments, buildFlags, commandSources } from '../../../docker/etcd/recipe.ts'
import { pinsOf } from '../../../fixtures/pins/pins.ts'
import { beforeModules, findRelease, moduleVersion } from '../../../fixtures/releases.ts'
import { lineOf } from '../../../fixtures/step.ts'
import { line, word } from '../../probe/shell.ts'
import { toolchainName } from '../../subject/go.ts'
import type { Subject } from '../../subject/subject.ts'

/** image.sh: builds a release again as this tool built it, from the published module with the same Go. Pure. */
export function moduleRecipe({ etcd, go, reference }: Subject): string {
  const version = findRelease(etcd)?.module ?? moduleVersion(etcd)
  return [
    '#!/usr/bin/env bash',
    `# Builds etcd ${etcd} and its etcdctl from the published sources (${version}) with go${go}, into an image of nothing`,
    '# else. Needs Go 1.21 or newer, which fetches the other one by itself, the network, and docker (or DOCKER=podman).',
    'set -euo pipefail',
    'work=$(mktemp -d)',
    // Go's module cache is the user's own; what is linked from it stays.
    `trap 'rm -rf "$work"' EXIT`,
    `export GOTOOLCHAIN=${word(toolchainName(go))} GOENV=off GOWORK=off CGO_ENABLED=0 GOOS=linux`,
    ...(minor(go) < 13
      ? [
          'GOPROXY=$(GOTOOLCHAIN=local go env GOPROXY) GOPROXY=${GOPROXY%%[,|]*} # this Go takes one',
          'export GOPROXY',
        ]
      : []),
    'root=$work/image',
    'mkdir -p "$root/usr/local/bin" "$root/tmp" "$root/var/etcd" "$root/etc/ssl/certs"',
    'chmod 1777 "$root/tmp" && chmod 700 "$root/var/etcd"',
    '',
    ...(beforeModules(etcd) ? gopathLines(etcd, version) : moduleLines(etcd, version, go)),
    '',
    `tar -C "$root" -c . | "\${DOCKER:-docker}" import --change 'ENV PATH=/usr/local/bin:/usr/bin:/bin' \\`,
    `  --change 'CMD ["etcd"]' - ${word(reference)}`,
    '',
  ].join('\n')
}

/** The language and the settings that upstream's go.mod gives to its own main are those of the build. */
function moduleLines(etcd: string, version: string, go: string): string[] {
  const sources = commandSources(lineOf(etcd))
  return [
    `export GO111MODULE=on GOFLAGS=${buildFlags(minor(go))}`,
    'build() { # build NAME MODULE PACKAGE',
    '  mkdir "$work/$1" && cd "$work/$1"',
    '  echo "module fetch" >go.mod',
    `  upstream=$(GOTOOLCHAIN=local GOFLAGS= go mod download -json "$2@${version}" | sed -n 's/^\\t"GoMod": "\\(.*\\)",*$/\\1/p')`,
    '  {',
    '    echo "module build"',
    `    grep -E '^go ' "$upstream" || true`,
    `    sed -n '/^godebug/,/^)/p' "$upstream" | sed '/^godebug [^(]/q'`,
    `    echo "require $2 ${version}"`,
    '  } >go.mod',
    `  ${line(['go', ...buildArguments(minor(go), 'OUT', 'PACKAGE')])
      .replace('OUT', '"$root/usr/local/bin/$1"')
      .replace('PACKAGE', '"$3"')}`,
    '}',
    ...sources.map(({ name, module, package: path }) => line(['build', name, module, path])),
  ]
}

/** Before modules: every source where Go looked for it then, in the version that the release's own lock names. */
function gopathLines(etcd: string, version: string): string[] {
  const { modules, workspace } = pinsOf(etcd)
  const all = Object.entries({ ...modules, [etcdPath]: version })
  return [
    'gopath=$work/gopath',
    'echo "module fetch" >"$work/go.mod"',
    'while read -r path version; do',
    '  mkdir -p "$(dirname "$gopath/src/$path")"',
    `  sources=$(cd "$work" && GO111MODULE=on GOTOOLCHAIN=local GOFLAGS= go mod download -json "$path@$version" | sed -n 's/^\\t"Dir": "\\(.*\\)",*$/\\1/p')`,
    '  ln -s "$sources" "$gopath/src/$path"',
    "done <<'END'",
    ...all.map(([path, at]) => `${path} ${at}`),
    'END',
    'goroot=$(cd "$work" && GO111MODULE=on go env GOROOT)',
    `export GO111MODULE=off GOFLAGS= GOROOT=$goroot GOPATH=${gopathOf('$gopath', workspace)}`,
    `cd "$gopath" && "$goroot/bin/go" ${line(installArguments)}`,
    'for name in etcd etcdctl; do',
    '  cp "$(find "$gopath/bin" -name "$name" -type f)" "$root/usr/local/bin/$name"',
    'done',
    `# ${sourceFolder(etcdPath)} is a link into the module cache, which stays as it is.`,
  ]
}
