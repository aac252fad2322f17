import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Rule } from '@plimsoll/core';

/** A package of rules: `rules/<name>`, one file a rule. */
export interface RulePackage {
  readonly name: string;
  readonly files: readonly { readonly file: string; readonly exportName: string; readonly rule: Rule }[];
}

/** The order of the design: the systems one to five, then what runs through all of them. */
const ORDER = ['lane', 'identity', 'provenance', 'packaging', 'credentials', 'secrets'];

/**
 * Reads the rules from their files, so that nobody keeps a list of them.
 * @throws {TypeError} where a file does not export the one rule that its name says.
 */
export async function readCatalogue(root: string): Promise<readonly RulePackage[]> {
  const names = readdirSync(join(root, 'rules')).toSorted((a, b) => ORDER.indexOf(a) - ORDER.indexOf(b));
  return Promise.all(
    names.map(async (name) => {
      const folder = join(root, 'rules', name, 'src');
      const files = readdirSync(folder).filter((f) => f.endsWith('.ts') && f !== 'index.ts' && !f.endsWith('.test.ts'));
      return { name, files: await Promise.all(files.toSorted().map((file) => readRule(folder, file, name))) };
    }),
  );
}

async function readRule(folder: string, file: string, packageName: string) {
  const defect = file.slice(0, -'.ts'.length);
  const exportName = defect.replace(/-./g, (dash) => dash.charAt(1).toUpperCase());
  const module = (await import(pathToFileURL(join(folder, file)).href)) as Record<string, Rule | undefined>;
  const rule = module[exportName];
  if (rule?.id !== `${packageName}/${defect}`)
    throw new TypeError(`${folder}/${file} does not export ${exportName} with the id ${packageName}/${defect}`);
  return { file, exportName, rule };
}
