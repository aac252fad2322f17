import { described } from '../rules.ts';

/** The table that `plimsoll rules` prints. */
export function listRules(): string {
  const widest = Math.max(...described.map(({ id }) => id.length));
  const lines = described.map(({ id, severity, presets, summary }) => {
    const preset = presets.includes('recommended') ? 'recommended' : 'strict';
    return `${id.padEnd(widest)}  ${severity.padEnd(7)}  ${preset.padEnd(11)}  ${summary}`;
  });
  return `${lines.join('\n')}\n\nplimsoll explain <rule> says more. The preset strict holds all of them.\n`;
}
