import { join } from 'node:path'
import ts from 'typescript'
import type { Shape, Shapes } from './shape.ts'

/** What TypeScript knows of the words of a scenario file, as data: every type that can be reached from these. */
const roots = ['Scenario', 'Claim']

export function readShapes(): Shapes {
  const file = join(import.meta.dirname, '../../scenario/claim.ts')
  const program = ts.createProgram([file], {
    strict: true,
    module: ts.ModuleKind.NodeNext,
    target: ts.ScriptTarget.ES2024,
    allowImportingTsExtensions: true,
    noEmit: true,
    types: [],
  })
  const checker = program.getTypeChecker()
  const source = program.getSourceFile(file)
  const symbol = source && checker.getSymbolAtLocation(source)
  const exported = symbol ? checker.getExportsOfModule(symbol) : []
  const reader = new Reader(checker)
  for (const root of roots) {
    const found = exported.find(({ name }) => name === root)
    if (found !== undefined) reader.name(root, checker.getDeclaredTypeOfSymbol(found))
  }
  return reader.shapes
}

class Reader {
  readonly shapes: Record<string, Shape> = {}
  readonly #names = new Map<ts.Type, string>()
  readonly #checker: ts.TypeChecker

  constructor(checker: ts.TypeChecker) {
    this.#checker = checker
  }

  /** Keeps the shape of a type under a name, so that others refer to it. */
  name(name: string, type: ts.Type): Shape {
    const known = this.#names.get(type)
    if (known !== undefined) return { ref: known }
    const free = name in this.shapes ? `${name} ${String(this.#names.size)}` : name
    this.#names.set(type, free)
    this.shapes[free] = 'any'
    this.shapes[free] = type.isUnion() ? this.#union(type.types) : this.#fields(type)
    return { ref: free }
  }

  #of(type: ts.Type): Shape {
    const { flags } = type
    if (flags & (ts.TypeFlags.Any | ts.TypeFlags.Unknown | ts.TypeFlags.NonPrimitive)) return 'any'
    if (flags & (ts.TypeFlags.Undefined | ts.TypeFlags.Void)) return 'undefined'
    if (flags & ts.TypeFlags.Null) return { is: [null] }
    if (type.isStringLiteral() || type.isNumberLiteral()) return { is: [type.value] }
    if (flags & (ts.TypeFlags.String | ts.TypeFlags.TemplateLiteral)) return 'string'
    if (flags & ts.TypeFlags.Number) return 'number'
    if (flags & ts.TypeFlags.BooleanLike) return 'boolean'
    if (type.isUnion())
      return type.aliasSymbol ? this.name(type.aliasSymbol.name, type) : this.#union(type.types)
    return this.#object(type)
  }

  #object(type: ts.Type): Shape {
    // An intersection has no symbol.
    const symbol = (type as { symbol?: ts.Symbol }).symbol
    if (symbol?.name === 'RegExp') return 'pattern'
    if (type.getCallSignatures().length > 0) return 'function'
    if (this.#checker.isArrayLikeType(type)) {
      const [element] = this.#checker.getTypeArguments(type as ts.TypeReference)
      return { list: element ? this.#of(element) : 'any' }
    }
    const index = type.getStringIndexType()
    if (index !== undefined && type.getProperties().length === 0) return { record: this.#of(index) }
    const name = type.aliasSymbol?.name ?? symbol?.name ?? '__'
    return name.startsWith('__') ? this.#fields(type) : this.name(name, type)
  }

  #fields(type: ts.Type): Shape {
    const fields: Record<string, Shape> = {}
    const required: string[] = []
    for (const property of this.#checker.getPropertiesOfType(type)) {
      fields[property.name] = this.#of(this.#checker.getTypeOfSymbol(property))
      if (!(property.flags & ts.SymbolFlags.Optional)) required.push(property.name)
    }
    return { fields, required }
  }

  /** Literals together, `true | false` as one, everything once. */
  #union(types: readonly ts.Type[]): Shape {
    const shapes = types.map((type) => this.#of(type))
    const literals = shapes.flatMap((shape) => (typeof shape === 'object' && 'is' in shape ? shape.is : []))
    const others = shapes.filter((shape) => typeof shape !== 'object' || !('is' in shape))
    const distinct = [...new Map(others.map((shape) => [JSON.stringify(shape), shape])).values()]
    const any = [...(literals.length > 0 ? [{ is: literals }] : []), ...distinct].filter(
      (one) => one !== 'undefined',
    )
    return any.length === 1 ? (any[0] ?? 'any') : { any }
  }
}
