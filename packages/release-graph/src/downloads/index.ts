import type { Documents, PlacedCommand } from '../model.ts';
import { addDownloads } from './adds.ts';
import { commandDownloads } from './find.ts';
import type { UnverifiedDownload } from './model.ts';

/** What images and steps fetch and use though nothing checks it. */
export function unverifiedDownloads(
  documents: Documents,
  commands: readonly PlacedCommand[],
): readonly UnverifiedDownload[] {
  return [...addDownloads(documents.dockerfiles.values()), ...commandDownloads(documents.dockerfiles, commands)];
}
