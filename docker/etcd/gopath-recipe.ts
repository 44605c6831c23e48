import { delimiter, join } from 'node:path'

/**
 * How a release from before Go modules is made: what Go is told, and where it finds the sources. A change here makes
 * new images of those releases.
 */

/** This file itself: its text is part of what names a recipe. */
export const gopathRecipeFile = import.meta.filename

/** Under which Go path these releases import their own parts; also the path of the module that holds them. */
export const etcdPath = 'github.com/coreos/etcd'

/** Folder of a package below a GOPATH. */
export const sourceFolder = (path: string): string => join('src', ...path.split('/'))

/** `workspace` is a folder of etcd's own sources with what it imports, which comes first. */
export const gopathOf = (folder: string, workspace?: string): string =>
  [...(workspace === undefined ? [] : [join(folder, sourceFolder(etcdPath), workspace)]), folder].join(
    delimiter,
  )

/** Both commands at once: Go up to 1.9 keeps nothing between two builds, so they share what they have in common. */
export const installArguments: readonly string[] = [
  'install',
  '-ldflags=-s -w',
  etcdPath,
  `${etcdPath}/etcdctl`,
]

/** Where `go install` puts what it made, the first that is there: a folder of its own where that is for elsewhere. */
export const installFolders = (folder: string, arch: string): readonly string[] => [
  join(folder, 'bin', `linux_${arch}`),
  join(folder, 'bin'),
]
