import type { Lanes } from '../lanes/model.ts';
import { lazyRecord } from '../lazy.ts';
import { broughtCode } from './checkouts.ts';
import { scriptInjections } from './injections.ts';
import type { Strangers } from './model.ts';
import { poisonedCaches } from './poisoned.ts';
import type { Released } from './publishing.ts';
import { untrustedRunners } from './runners.ts';

/** What people without rights reach in the workflows. */
export function findStrangers(lanes: Lanes, released: Released): Strangers {
  const found: Strangers = lazyRecord<Strangers>({
    scriptInjections: () => scriptInjections(lanes),
    untrustedCode: () => broughtCode(lanes),
    poisonedCaches: () => poisonedCaches(lanes, released, found.untrustedCode, found.scriptInjections),
    untrustedRunners: () => untrustedRunners(lanes, released),
  });
  return found;
}
