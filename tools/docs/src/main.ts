import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { engineRules } from '@plimsoll/engine';
import * as prettier from 'prettier';
import { readCatalogue } from './catalogue.ts';
import { leakyPicture } from './leaky.ts';
import { ruleIndex, ruleTable } from './rule-index.ts';
import { engineRulePage, rulePage } from './rule-page.ts';

// Writes all that is made from the rules: `npm run docs`. CI runs it and fails where Git then sees a difference.
const root = join(import.meta.dirname, '../../..');
const packages = await readCatalogue(root);

for (const rulePackage of packages)
  write(`rules/${rulePackage.name}/src/index.ts`, await pretty(ruleIndex(rulePackage), 'typescript'));

rmSync(join(root, 'docs/rules'), { recursive: true, force: true });
for (const { name, files } of packages) {
  for (const { rule } of files) write(`docs/rules/${name}/${rule.id.split('/')[1] ?? ''}.md`, await rulePage(rule));
}
for (const rule of engineRules) write(`docs/rules/${rule.id}.md`, engineRulePage(rule));
write(
  'docs/rules/README.md',
  `# The rules\n\n<!-- Written by \`npm run docs\` from the rules. -->\n\n${ruleTable(packages, '.')}\n`,
);

const readme = readFileSync(join(root, 'README.md'), 'utf8');
write('README.md', await pretty(between(readme, 'rules', ruleTable(packages, 'docs/rules')), 'markdown'));
write(
  'docs/check.svg',
  await leakyPicture(
    root,
    packages.flatMap(({ files }) => files.map(({ rule }) => rule)),
  ),
);

function write(path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}

function pretty(text: string, parser: string): Promise<string> {
  return prettier.format(text, { parser, singleQuote: true, printWidth: 120 });
}

/** Replaces what stands between `<!-- name -->` and `<!-- /name -->`. */
function between(text: string, name: string, content: string): string {
  const open = `<!-- ${name} -->`;
  const close = `<!-- /${name} -->`;
  const start = text.indexOf(open);
  const end = text.indexOf(close);
  if (start < 0 || end < start) throw new TypeError(`README.md has no ${open} … ${close}`);
  return `${text.slice(0, start + open.length)}\n\n${content}\n\n${text.slice(end)}`;
}
