import type { GraphLink, GraphNode } from './data.ts';

/** What stands for several proofs of the same artifacts. */
export interface ProofBoxes {
  /** The id of the node that stands for a proof: the first of those that prove the same. */
  readonly ids: ReadonlyMap<string, string>;
  /** The lines of each of these nodes. */
  readonly labels: ReadonlyMap<string, readonly string[]>;
}

const words: Readonly<Partial<Record<GraphLink['kind'], string>>> = {
  attests: 'attested by',
  signs: 'signed by',
  verifies: 'verified by',
  scans: 'scanned by',
  'has-digest': 'digest in',
};

/** Digest, proofs and checks of the same artifacts become one node, with a line for each. */
export function proofBoxes(nodes: ReadonlySet<GraphNode>, links: ReadonlySet<GraphLink>): ProofBoxes {
  const byId = new Map([...nodes].map((node) => [node.id, node]));
  const targets = new Map<string, string[]>();
  const kinds = new Map<string, GraphLink['kind']>();
  for (const { kind, from = '', to = '' } of links) {
    if (words[kind] === undefined) continue;
    const [proof, artifact] = kind === 'has-digest' ? [to, from] : [from, to];
    kinds.set(proof, kind);
    const some = targets.get(proof);
    if (some) some.push(artifact);
    else targets.set(proof, [artifact]);
  }
  const ids = new Map<string, string>();
  const labels = new Map<string, readonly string[]>();
  for (const group of Map.groupBy(targets.keys(), (proof) => (targets.get(proof) ?? []).join('\0')).values()) {
    const [first = ''] = group;
    for (const proof of group) ids.set(proof, first);
    const lines = group.map((proof) => `${words[kinds.get(proof) ?? 'attests'] ?? ''} ${byId.get(proof)?.label ?? ''}`);
    labels.set(first, [...new Set(lines)].slice(0, mostLines));
  }
  return { ids, labels };
}

const mostLines = 6;
