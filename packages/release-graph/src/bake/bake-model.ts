import type { Range } from '@plimsoll/documents';

/** A value of a bake file, as it is written; of HCL, or of JSON, whose strings are templates too. */
export type BakeValue =
  | { readonly kind: 'text'; readonly parts: readonly (string | BakeValue)[]; readonly range: Range }
  | { readonly kind: 'list'; readonly items: readonly BakeValue[]; readonly range: Range }
  | { readonly kind: 'object'; readonly entries: readonly BakeEntry[]; readonly range: Range }
  | { readonly kind: 'name'; readonly name: string; readonly range: Range }
  | {
      readonly kind: 'compare';
      readonly equal: boolean;
      readonly left: BakeValue;
      readonly right: BakeValue;
      readonly range: Range;
    }
  | {
      readonly kind: 'choice';
      readonly condition: BakeValue;
      readonly yes: BakeValue;
      readonly no: BakeValue;
      readonly range: Range;
    }
  | { readonly kind: 'null'; readonly range: Range }
  /** A function call or a calculation. */
  | { readonly kind: 'other'; readonly text: string; readonly range: Range };

export interface BakeEntry {
  readonly key: string;
  readonly keyRange: Range;
  readonly value: BakeValue;
}

/** `target "app" { … }` */
export interface BakeBlock {
  readonly type: string;
  readonly label: string;
  readonly range: Range;
  readonly entries: readonly BakeEntry[];
}
