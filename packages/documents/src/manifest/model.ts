import type { Range, SourceFile } from '../text/source-file.ts';
import type { NamedValue, StringValue } from '../workflow/model.ts';
import type { YamlNode } from '../yaml/model.ts';

/** A file that names images: compose, Kubernetes, kustomize, Helm values … */
export interface Manifest {
  readonly kind: 'manifest';
  readonly type: ManifestType;
  readonly file: SourceFile;
  readonly images: readonly ManifestImage[];
  /** The services of a compose file; empty elsewhere. */
  readonly services: readonly ComposeService[];
  readonly roots: readonly YamlNode[];
}

export type ManifestType =
  | 'compose'
  | 'kubernetes'
  | 'kustomize'
  | 'helm-values'
  | 'bake'
  | 'devcontainer'
  | 'skaffold'
  /** Of Amazon ECS. */
  | 'task-definition';

/** One image that a manifest pulls or deploys. */
export interface ManifestImage {
  /** Put together: `name:tag@digest`; may hold `${VAR}` in compose. */
  readonly text: string;
  /** What someone would change: the reference, or the tag where it stands by itself. */
  readonly range: Range;
  /** Where the other parts stand (the repository of Helm values, the name of a kustomize entry). */
  readonly parts: readonly Range[];
  /** Where it is used: `service db`, `Deployment api, container proxy`. */
  readonly owner: string;
  /** It has neither tag nor digest, and the chart gives it the `appVersion` of its Chart.yaml. */
  readonly defaultTag?: 'appVersion';
  /** A feature of a dev container, which is no image to be run. */
  readonly feature?: true;
  /** The container of a task definition, by its name. */
  readonly container?: string;
  /** The service of a compose file that pulls it. */
  readonly service?: string;
}

export interface ComposeService {
  readonly name: string;
  readonly nameRange: Range;
  readonly image?: StringValue;
  readonly build?: ComposeBuild;
  /** The service that it takes over from, of this file or another. */
  readonly extends?: { readonly file?: StringValue; readonly service: string };
  readonly env: readonly NamedValue[];
}

export interface ComposeBuild {
  /** `build:` and its value. */
  readonly range: Range;
  readonly context: StringValue;
  readonly dockerfile?: StringValue;
  readonly dockerfileInline?: StringValue;
  readonly target?: StringValue;
  readonly args: readonly NamedValue[];
  readonly additionalContexts: readonly NamedValue[];
  readonly tags: readonly StringValue[];
}
