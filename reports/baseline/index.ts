export { compare } from './compare.ts'
export type { Asked, Baseline, CompareOptions } from './compare.ts'
export { changeFinder, changes, changeText, changeWords } from './comparison.ts'
export type { CellChange, Change, ColumnComparison, Comparison } from './comparison.ts'
