import { isNode, parsed, type Node } from './parsed.ts'
import { placeAt, type Place } from './place.ts'

/**
 * Where a field of a scenario is written in its file: `['claims', 'one', 'when', 'path']`. What is not written as it is
 * meant (made by a loop, imported) is looked for as far as the text leads; undefined where it leads nowhere.
 */
export async function fieldPlace(file: string, path: readonly string[]): Promise<Place | undefined> {
  const parse = await parsed(file).catch(() => undefined)
  if (parse === undefined) return undefined
  const made = parse.body.find(({ type }) => type === 'ExportDefaultDeclaration')?.['declaration']
  const finder = new Finder(parse.body)
  let [node, at]: [unknown, Node | undefined] = [made, isNode(made) ? made : undefined]
  for (const key of path) {
    const found = finder.below(node, key)
    if (found === undefined) break
    ;[node, at] = [found.value, found.at]
  }
  return at && placeAt(file, parse.text, at.start)
}

interface Found {
  /** What the user sees: the field's name, or the element. */
  readonly at: Node
  readonly value: unknown
}

/** As deep as names are followed through names. */
const deepest = 20

class Finder {
  /** Names of the file → what they stand for. */
  readonly #names = new Map<string, unknown>()

  constructor(body: readonly Node[]) {
    for (const statement of body) {
      const inner = isNode(statement['declaration']) ? statement['declaration'] : statement
      for (const one of nodes(inner['declarations']))
        if (isNode(one['id'])) this.#names.set(nameOf(one['id']), one['init'])
      if (inner.type === 'FunctionDeclaration' && isNode(inner['id']))
        this.#names.set(nameOf(inner['id']), inner)
    }
  }

  /** Where `key` is written in what a node comes to. */
  below(node: unknown, key: string, depth = 0): Found | undefined {
    if (!isNode(node) || depth > deepest) return undefined
    const go = (next: unknown): Found | undefined => this.below(next, key, depth + 1)
    switch (node.type) {
      case 'ObjectExpression':
        return this.#property(node, key, go)
      case 'ArrayExpression': {
        const at = nodes(node['elements'])[Number(key)]
        return at && { at, value: at }
      }
      case 'Identifier':
        return go(this.#names.get(nameOf(node)))
      case 'CallExpression':
        // What a word is told is what it makes; a function of the file is what it gives back.
        return first([node['callee'], ...nodes(node['arguments']).toReversed()], go)
      case 'ConditionalExpression':
        return first([node['consequent'], node['alternate']], go)
      case 'BlockStatement':
        return first(
          nodes(node['body'])
            .filter(({ type }) => type === 'ReturnStatement')
            .map((one) => one['argument']),
          go,
        )
      case 'ArrowFunctionExpression':
      case 'FunctionExpression':
      case 'FunctionDeclaration':
        return go(node['body'])
      // `as const`, `satisfies Claim`, parentheses, `!`.
      default:
        return go(node['expression'])
    }
  }

  #property(node: Node, key: string, go: (next: unknown) => Found | undefined): Found | undefined {
    const all = nodes(node['properties'])
    const own = all.findLast(({ type, key: name }) => type === 'Property' && nameOf(name) === key)
    if (own !== undefined) return { at: isNode(own['key']) ? own['key'] : own, value: own['value'] }
    const spread = all.filter(({ type }) => type === 'SpreadElement').map((one) => one['argument'])
    return first(spread.toReversed(), go)
  }
}

const nodes = (value: unknown): Node[] => (Array.isArray(value) ? value.filter(isNode) : [])
const nameOf = (node: unknown): string => (isNode(node) ? String(node['name'] ?? node['value']) : '')

function first(all: readonly unknown[], go: (next: unknown) => Found | undefined): Found | undefined {
  for (const one of all) {
    const found = go(one)
    if (found !== undefined) return found
  }
  return undefined
}
