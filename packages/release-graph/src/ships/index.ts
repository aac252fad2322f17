export { merged as mergedSets, setOf, shippedSets } from './shipped-sets.ts';
export type { ShippedSet, ShippedSets } from './shipped-sets.ts';
export { subjectOf } from './subject.ts';
export type { AskedBuild, ShipsSubject } from './subject.ts';
export { stageNamed, targetName } from './target-names.ts';
export { whyPath } from './why.ts';
export type { PathAnswer, PathGroup } from './why.ts';
