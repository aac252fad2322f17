import type { SourceFile } from '../text/source-file.ts';
import type { YamlNode } from './model.ts';
import { nullNode } from './nodes.ts';
import type { ProblemList } from './problems.ts';
import { MAX_DEPTH } from './tokens.ts';

/** The most nodes that all aliases of a document may add, as seen by whoever walks the tree. */
const EXPANSION_LIMIT = 200_000;

interface Anchor {
  /** Undefined while its own content is read. */
  readonly node?: YamlNode;
  readonly size: number;
  readonly height: number;
}

/**
 * The anchors of one document, and what its aliases add. An alias shares the anchor's node, so a bomb of aliases is
 * small in memory; it is refused because whoever walks the tree would see it in full.
 */
export class Aliases {
  readonly #file: SourceFile;
  readonly #problems: ProblemList;
  readonly #anchors = new Map<string, Anchor>();
  /** Nodes seen so far, those that aliases stand for included. */
  #count = 0;
  #added = 0;
  #deepest = 0;

  constructor(file: SourceFile, problems: ProblemList) {
    this.#file = file;
    this.#problems = problems;
  }

  count(depth: number): void {
    this.#count += 1;
    if (depth > this.#deepest) this.#deepest = depth;
  }

  /** Reads an anchored node with `read`, and keeps it under its name. */
  anchor(name: string, depth: number, read: () => YamlNode): YamlNode {
    const { deepest, count } = { deepest: this.#deepest, count: this.#count };
    this.#deepest = depth;
    this.#anchors.set(name, { size: 0, height: 0 });
    const node = read();
    this.#anchors.set(name, { node, size: this.#count - count, height: this.#deepest - depth });
    this.#deepest = Math.max(deepest, this.#deepest);
    return node;
  }

  /** What an alias at `start` to `end` stands for. */
  resolve(name: string, depth: number, start: number, end: number): YamlNode {
    const anchor = this.#anchors.get(name);
    const fault = !anchor ? `There is no anchor &${name} before this alias` : this.#fault(anchor, name, depth);
    if (!anchor?.node || fault !== undefined) {
      this.#problems.add(start, end, fault ?? '', anchor ? undefined : 'Put a value that starts with * in quotes');
      this.count(depth);
      return nullNode(this.#file, start);
    }
    this.#count += anchor.size;
    this.#added += anchor.size;
    this.#deepest = Math.max(this.#deepest, depth + anchor.height);
    return anchor.node;
  }

  #fault({ node, size, height }: Anchor, name: string, depth: number): string | undefined {
    if (!node) return `The alias *${name} stands inside of its own anchor`;
    if (this.#added + size > EXPANSION_LIMIT)
      return `The aliases stand for more than ${EXPANSION_LIMIT} nodes; from here they are not followed`;
    if (depth + height > MAX_DEPTH) return `The alias *${name} nests deeper than ${MAX_DEPTH} levels`;
    return undefined;
  }
}
