import type { Range } from '@plimsoll/documents';
import type { Related, Value } from '../model.ts';
import { formTexts } from '../values/value.ts';

/** An exporter that keeps no attestation: the image of the daemon, or files. */
export interface Exporter {
  readonly type: 'docker' | 'tar' | 'local' | 'load';
  readonly at: Related;
  /** The file that it writes, as written. */
  readonly file?: string;
}

/** Of `outputs:` and `--output`; `load` is the short form of `type=docker`. */
export function exporterOf(value: Value, range: Range): Exporter | undefined {
  for (const text of formTexts(value)) {
    const fields = new Map(
      text
        .split(',')
        .map((field) => [field.slice(0, field.indexOf('=')).trim(), field.slice(field.indexOf('=') + 1).trim()]),
    );
    const type = fields.get('type');
    if (type !== 'docker' && type !== 'tar' && type !== 'local') continue;
    const file = fields.get('dest');
    const label = `type=${type} drops what BuildKit attests`;
    return { type, at: { at: range, label }, ...(file !== undefined && { file }) };
  }
  return undefined;
}

export function loads(range: Range): Exporter {
  return { type: 'load', at: { at: range, label: 'the store of the Docker daemon drops what BuildKit attests' } };
}
