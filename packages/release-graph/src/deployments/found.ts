import type { Range } from '@plimsoll/documents';
import type { Place } from '../builds/index.ts';
import type { DeployedImage, Deployment, Origin } from '../model.ts';

/** A deployment as it is found, of one leg and call; several of them may be one `Deployment`. */
export interface FoundDeployment extends Pick<Deployment, 'how' | 'platform' | 'effect' | 'of'> {
  readonly range: Range;
  readonly origin: Origin;
  readonly place: Place;
  readonly images: readonly NamedImage[];
  /** The step whose result it deploys. */
  readonly reads?: string;
}

export type NamedImage = Omit<DeployedImage, 'publication' | 'digest'>;
