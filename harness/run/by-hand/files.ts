import {
  credentialKey,
  type AuthoritySpec,
  type CredentialSpec,
  type FileRef,
} from '../../../fixtures/credential.ts'
import { line } from '../../probe/shell.ts'
import type { HandPlace } from './hand-place.ts'
import { authorityLines, leafLines } from './mint.ts'

/** The files a person needs for a cell: what is asked for gets a name, and the commands that make it. */
export class HandFiles {
  /** Commands that make what was asked for so far, in order. */
  readonly lines: string[] = []
  /** Where everything is. */
  readonly place: HandPlace
  readonly resolve: (text: string) => string
  readonly #authorities: Readonly<Record<string, AuthoritySpec>>
  readonly #names = new Map<string, string>()

  constructor(authorities: Readonly<Record<string, AuthoritySpec>>, place: HandPlace) {
    this.#authorities = authorities
    this.place = place
    this.resolve = (text) => place.resolve(text)
  }

  /** Name without extension of a credential's two files; `wish` where it is free. */
  credential(spec: CredentialSpec, wish: string): string {
    return this.#made(`credential ${credentialKey(spec)}`, wish, (name) => {
      if (spec.issuer !== 'self') this.authority(spec.issuer ?? 'ca')
      for (const one of spec.chain ?? []) this.authority(one)
      this.lines.push(...leafLines(name, spec, this.resolve))
    })
  }

  /** Name without extension of an authority's files. */
  authority(name: string): string {
    const spec = this.#authorities[name]
    return this.#made(`authority ${name}`, name, (file) => {
      if (spec === undefined) {
        this.lines.push(
          `# ${file}.crt: the authority ${name}, which this world does not have; put it here yourself`,
        )
        return
      }
      if (spec.issuedBy !== undefined) this.authority(spec.issuedBy)
      this.lines.push(...authorityLines(file, spec))
    })
  }

  /** Name of the file that an option or an argument points to. */
  file(ref: FileRef, wish: string): string {
    if (ref.file === 'text')
      return this.#made(`text ${ref.of}`, 'file.txt', (name) => this.lines.push(...heredoc(name, ref.of)))
    if (ref.file !== 'authority')
      return `${this.credential(ref.of, wish)}.${ref.file === 'key' ? 'key' : 'crt'}`
    const parts = [ref.of].flat().map((one) => `${this.authority(one)}.crt`)
    const [only] = parts
    if (parts.length === 1 && only !== undefined) return only
    return this.#made(`bundle ${parts.join()}`, 'bundle.crt', (name) =>
      this.lines.push(`cat ${line(parts)} > ${name}`),
    )
  }

  #made(key: string, wish: string, make: (name: string) => void): string {
    const known = this.#names.get(key)
    if (known !== undefined) return known
    const taken = new Set(this.#names.values())
    let name = wish.replaceAll(/[^\w.+-]/g, '_')
    for (let count = 2; taken.has(name); count++) name = `${wish}-${String(count)}`
    this.#names.set(key, name)
    make(name)
    return name
  }
}

/** A file as it is typed. */
export function heredoc(path: string, text: string): string[] {
  return [`cat > ${line([path])} <<'END'`, ...text.replace(/\n$/, '').split('\n'), 'END']
}
