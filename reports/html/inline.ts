/** Modules of the page as one script: it is inlined, so that the file needs no other and a digest can allow it. */

const imports = /^import (?:\{([^}]*)\} from )?'\.\/([\w-]+)\.js'\n/gm
/** Types and explanations, which no reader of the report needs. */
const comments = /^[ \t]*\/\*\*(?:(?!\*\/)[^])*\*\/\n/gm
const exported = /^export (?:async )?(?:const|let|function) (\w+)/gm

/**
 * The module `entry` with all that it imports, each once and in a scope of its own, after what it imports itself.
 * Knows what the page's modules use: named exports of declarations, and imports of them from beside.
 * @param read gives a module's source for its name without `.js`
 */
export function inlined(entry: string, read: (name: string) => string): string {
  const done = new Map<string, string>()
  const visit = (name: string): void => {
    if (done.has(name)) return
    const source = read(name)
    done.set(name, '')
    for (const [, , other = ''] of source.matchAll(imports)) visit(other)
    done.delete(name)
    done.set(name, scoped(name, source))
  }
  visit(entry)
  return `(() => {\n'use strict'\nconst modules = {}\n${[...done.values()].join('\n')}})()\n`
}

function scoped(name: string, source: string): string {
  const names = [...source.matchAll(exported)].map(([, one]) => one)
  const body = source
    .replaceAll(imports, (_, what: string | undefined, other: string) =>
      what === undefined ? '' : `const {${what}} = modules['${other}']\n`,
    )
    .replaceAll(comments, '')
    .replaceAll(/^export /gm, '')
  return `modules['${name}'] = (() => {\n${body}return { ${names.join(', ')} }\n})()\n`
}
