import type { RulePackage } from './catalogue.ts';

/** The `index.ts` of a rule package. */
export function ruleIndex({ files }: RulePackage): string {
  const imports = files.map(({ file, exportName }) => `import { ${exportName} } from './${file}';`);
  return [
    '// Written by `npm run docs` from the files of this folder.',
    "import type { Rule } from '@plimsoll/core';",
    ...imports,
    '',
    `export const rules: readonly Rule[] = [\n${files.map(({ exportName }) => `  ${exportName},\n`).join('')}];`,
    '',
  ].join('\n');
}

/** The table of all rules, for the README and the index page; `folder` is the way to the rule pages. */
export function ruleTable(packages: readonly RulePackage[], folder: string): string {
  const rows = packages.flatMap(({ name, files }) =>
    files.map(({ rule }) => {
      const presets = rule.presets.includes('recommended') ? 'recommended, strict' : 'strict';
      const page = `${folder}/${name}/${rule.id.split('/')[1] ?? ''}.md`;
      return `| [${rule.id}](${page}) | ${rule.severity} | ${presets} | ${rule.summary.replaceAll('|', '\\|')} |`;
    }),
  );
  return ['| rule | level | presets | finds |', '| --- | --- | --- | --- |', ...rows].join('\n');
}
