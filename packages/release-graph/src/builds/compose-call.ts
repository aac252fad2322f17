import type { Manifest } from '@plimsoll/documents';
import type { Documents } from '../model.ts';
import { onlyValue } from '../values/resolved.ts';
import { evaluateWord } from '../values/shell.ts';
import type { CallSite } from './call-sites.ts';
import { normalise } from './paths.ts';
import { inFolder } from './sources.ts';

const defaults = ['compose.yaml', 'compose.yml', 'docker-compose.yaml', 'docker-compose.yml'];

/** The compose files that a `docker compose build`, `push` or `up` command reads. */
export function calledManifests(documents: Documents, site: CallSite): readonly Manifest[] {
  const { call, base, scope } = site;
  if (call.does !== 'compose') return [];
  const given = call.files.map((file) => onlyValue(evaluateWord(file, scope)));
  const paths =
    given.length > 0
      ? given.map((path) => (path === undefined ? undefined : normalise(inFolder(base.folder, path))))
      : [defaults.map((name) => inFolder(base.folder, name)).find((path) => documents.manifests.has(path))];
  return paths
    .flatMap((path) => (path === undefined ? [] : (documents.manifests.get(path) ?? [])))
    .filter((manifest) => manifest.type === 'compose');
}
