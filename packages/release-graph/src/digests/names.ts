import { canonicalName } from '../publications/found.ts';

/** Whether it is certain that none of some images is one of the others. What is only known in the run may be anything. */
export function isOtherName(some: readonly string[], others: readonly string[]): boolean {
  return some.every((one) => others.every((other) => differ(canonicalName(one), canonicalName(other))));
}

const unknownPart = /\$\{\{[^}]*\}\}|\$\{[^}]*\}|\$\([^)]*\)|\$\w+|\{\{[^{}]*\}\}/g;

/** Two names of the same unknown parts differ where what is literal differs. */
function differ(one: string, other: string): boolean {
  if (one === other) return false;
  const ownParts = one.match(unknownPart) ?? [];
  const otherParts = other.match(unknownPart) ?? [];
  return ownParts.length === otherParts.length && ownParts.every((part, index) => part === otherParts[index]);
}

/** A part of it is only known in the run. */
export function isSymbolic(name: string): boolean {
  return name.includes('$') || name.includes('{{');
}
