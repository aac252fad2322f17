import type { Dockerfile, Mount, Range, RunInstruction } from '@plimsoll/documents';
import type { Related, SecretSource } from '../value-model.ts';

/** A secret that is written where others can read it. */
export interface SecretLeak {
  /** `layer`: a file of the image; `log`, `output`, `artifact`: of a run of a workflow or a build; `label`: of an image. */
  readonly sink: 'layer' | 'log' | 'output' | 'artifact' | 'label';
  readonly source: SecretSource;
  /** The command, copy or entry that writes it. */
  readonly range: Range;
  /** What it is written to: a path, the name of an output or label. */
  readonly name: string;
  /** Where it comes from, in reading order, without `range` itself. */
  readonly path: readonly Related[];
  /** What carries it on from there, or seems to end it. */
  readonly onward: readonly Related[];
  /** What keeps it, to follow "stays in". */
  readonly keptIn: string;
  /** A later instruction that deletes the file, and so hides it. */
  readonly deletedAt?: Range;
  /** The Dockerfile that it happens in. */
  readonly dockerfile?: Dockerfile;
}

/** A secret mount of a RUN, with what the RUN does where no such secret is given. */
export interface SecretMount {
  readonly dockerfile: Dockerfile;
  readonly instruction: RunInstruction;
  readonly mount: Mount;
  /** Undefined where it is not known. */
  readonly id?: string;
  readonly required: boolean;
  /** The command fails, or asks for it, where the secret is not there. */
  readonly noticed: boolean;
}
