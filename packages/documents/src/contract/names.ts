const prefixed = /^(?:Dockerfile|Containerfile)\.(.+)$/i;
const suffixed = /^(.+)\.(?:Dockerfile|Containerfile)$/i;

/** Where the contract of a Dockerfile stands: `plimsoll.contract.yaml`, `plimsoll.web.contract.yaml` for `Dockerfile.web` and `web.Dockerfile`. */
export function contractPath(dockerfile: string): string {
  return beside(dockerfile, 'contract.yaml');
}

/** Where the recorded list of a Dockerfile stands: `plimsoll.ships.txt`, `plimsoll.web.ships.txt`. */
export function shipsListPath(dockerfile: string): string {
  return beside(dockerfile, 'ships.txt');
}

/** Whether a file is a contract, or a recorded list, by its name. */
export function contractKindOf(path: string): 'contract' | 'shipsList' | undefined {
  const name = path.slice(path.lastIndexOf('/') + 1);
  if (!name.startsWith('plimsoll.')) return undefined;
  if (/^plimsoll\.(?:.+\.)?contract\.yaml$/.test(name)) return 'contract';
  return /^plimsoll\.(?:.+\.)?ships\.txt$/.test(name) ? 'shipsList' : undefined;
}

function beside(dockerfile: string, ending: string): string {
  const at = dockerfile.lastIndexOf('/') + 1;
  const name = dockerfile.slice(at);
  return `${dockerfile.slice(0, at)}plimsoll.${suffixOf(name)}${ending}`;
}

/** A file of any other name has all of it for a suffix, so that no two share a contract. */
function suffixOf(name: string): string {
  if (/^(?:Dockerfile|Containerfile)$/i.test(name)) return '';
  return `${prefixed.exec(name)?.[1] ?? suffixed.exec(name)?.[1] ?? name}.`;
}
