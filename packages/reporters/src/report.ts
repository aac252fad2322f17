import { reportGithub } from './github.ts';
import { reportGitlab } from './gitlab.ts';
import type { ReportInput, ReportOptions } from './input.ts';
import { reportJson } from './json.ts';
import { reportJunit } from './junit.ts';
import { reportMarkdown } from './markdown.ts';
import { reportSarif } from './sarif/sarif.ts';
import { reportText } from './text/text.ts';
import { withoutSecrets } from './without-secrets.ts';

const reporters = {
  text: reportText,
  sarif: reportSarif,
  json: reportJson,
  github: reportGithub,
  markdown: reportMarkdown,
  junit: reportJunit,
  gitlab: reportGitlab,
} satisfies Record<string, (input: ReportInput, options: ReportOptions) => string>;

export type Format = keyof typeof reporters;

/** The first is the default. */
export const formats = Object.keys(reporters) as readonly Format[];

export function isFormat(name: string): name is Format {
  return Object.hasOwn(reporters, name);
}

/** The outcome of a check in one of the formats, with no secret in it. It ends with a line end, and never throws. */
export function report(format: Format, input: ReportInput, options: ReportOptions = {}): string {
  return reporters[format](withoutSecrets(input), options);
}
