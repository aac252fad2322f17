export { contractBreaches } from './breaches.ts';
export type { ContractBreach } from './breaches.ts';
export { drifts } from './drift.ts';
export type { Drift } from './drift.ts';
