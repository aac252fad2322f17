import type { Example, Rule } from '@plimsoll/core';
import type { EngineRule } from '@plimsoll/engine';
import { distance } from 'fastest-levenshtein';
import { described } from '../rules.ts';

/** What `plimsoll explain RULE` prints; for an unknown rule what is allowed, and exit code 2. */
export function explain(id: string): { readonly text: string; readonly exitCode: 0 | 2 } {
  const rule = described.find((r) => r.id === id);
  if (rule) return { text: `${page(rule).join('\n')}\n`, exitCode: 0 };
  const near = described.filter((r) => distance(r.id, id) <= 4 || r.id.endsWith(`/${id}`)).map((r) => r.id);
  const hint = near.length > 0 ? `Did you mean ${near.join(' or ')}?` : '"plimsoll rules" lists them.';
  return { text: `plimsoll: there is no rule "${id}". ${hint}\n`, exitCode: 2 };
}

function page(rule: Rule | EngineRule): string[] {
  const { bad, good } = 'examples' in rule ? rule.examples : { bad: [], good: [] };
  const options = Object.entries(rule.options);
  return [
    `${rule.id} (${rule.severity}, preset ${rule.presets.join(' and ')})`,
    '',
    rule.summary,
    '',
    `Why: ${rule.why}`,
    ...(rule.limits ? ['', `Limits: ${rule.limits}`] : []),
    ...bad.flatMap((example) => ['', 'Bad:', ...frame(example)]),
    ...good.flatMap((example) => ['', 'Good:', ...frame(example)]),
    ...(options.length > 0
      ? [
          '',
          'Options:',
          ...options.map(
            ([name, o]) =>
              `  ${name}: ${o.description} Default: ${String(o.default)}${o.strict === undefined ? '' : `, in strict ${String(o.strict)}`}.`,
          ),
        ]
      : []),
    ...(rule.references.length > 0 ? ['', `References: ${rule.references.join('; ')}`] : []),
    ...('examples' in rule ? ['', `To accept it in one place: # plimsoll-ignore ${rule.id} -- <reason>`] : []),
  ];
}

/** The files of an example, with carets below what is marked. */
function frame(example: Example): string[] {
  return Object.entries(example).flatMap(([path, text]) => [
    `  ${path}`,
    ...text
      .replace(/\n$/, '')
      .split('\n')
      .flatMap((line) => {
        const shown = `    | ${line.replaceAll(/[«»]/g, '')}`;
        if (!line.includes('«')) return [shown];
        let inside = false;
        const carets = [...line].flatMap((c) => {
          if (c === '«' || c === '»') {
            inside = c === '«';
            return [];
          }
          return [inside ? '^' : ' '];
        });
        return [shown, `    | ${carets.join('').trimEnd()}`];
      }),
  ]);
}
