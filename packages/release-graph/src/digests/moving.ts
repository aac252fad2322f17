import type { BuildsFound } from '../builds/index.ts';
import type { Lanes } from '../lanes/model.ts';
import type { MovingImage } from '../model.ts';
import type { Published } from '../publications/index.ts';

export function movingImages(_lanes: Lanes, _found: BuildsFound, _published: Published): readonly MovingImage[] {
  return [];
}
