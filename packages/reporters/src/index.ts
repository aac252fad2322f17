export { formats, isFormat, report } from './report.ts';
export type { Format } from './report.ts';
export type { ReportInput, ReportOptions, RuleInfo, SkippedFiles, SuppressedFinding, Uncheckable } from './input.ts';
export { homepage, rulePage } from './urls.ts';
export * from './graph/index.ts';
export * from './ships/index.ts';
export { visible } from './visible.ts';
export { mergeSarif } from './sarif/merge.ts';
export type { Merged, NamedLog } from './sarif/merge.ts';
