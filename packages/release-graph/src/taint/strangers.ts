import type { Lanes } from '../lanes/model.ts';
import { lazyRecord } from '../lazy.ts';
import type { Deployment, Publication } from '../model.ts';
import { broughtCode } from './checkouts.ts';
import { scriptInjections } from './injections.ts';
import type { Strangers } from './model.ts';

interface Released {
  readonly publications: readonly Publication[];
  readonly deployments: readonly Deployment[];
}

/** What people without rights reach in the workflows. */
export function findStrangers(lanes: Lanes, released: Released): Strangers {
  return lazyRecord<Strangers>({
    scriptInjections: () => scriptInjections(lanes),
    untrustedCode: () => broughtCode(lanes),
    poisonedCaches: () => [],
    untrustedRunners: () => [],
  });
}
