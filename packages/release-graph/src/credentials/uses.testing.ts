import { textOf } from '@plimsoll/documents';
import { documentsOf } from '../documents.testing.ts';
import { buildGraph } from '../index.ts';
import type { CredentialUse } from '../index.ts';

/** A workflow with one job; `steps` and `job` are YAML at no indentation. */
export function job(steps: string, settings = ''): string {
  const indent = (text: string, by: string): string => text.trim().replace(/^/gm, by);
  const more = settings === '' ? '' : `${indent(settings, '    ')}\n`;
  return `on: push\njobs:\n  deploy:\n    runs-on: ubuntu-24.04\n${more}    steps:\n${indent(steps, '      ')}\n`;
}

export function usesOf(files: string | Record<string, string>): readonly CredentialUse[] {
  return buildGraph(documentsOf(typeof files === 'string' ? { '.github/workflows/a.yml': files } : files))
    .credentialUses;
}

/** `static AWS oidc: aws-access-key-id: …` */
export function told(files: string | Record<string, string>): readonly string[] {
  return usesOf(files).map(
    ({ form, provider, alternative, range }) => `${form} ${provider} ${alternative.kind}: ${textOf(range)}`,
  );
}
