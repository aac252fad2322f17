import type { ReportInput, Uncheckable } from '../input.ts';
import { homepage } from '../urls.ts';
import { visible } from '../visible.ts';
import { cut } from '../words.ts';
import { artifactLocation } from './result.ts';
import { cutNote } from './worst.ts';

const textLength = 1000;

const kinds = [
  { id: 'plimsoll/uncheckable', name: 'Uncheckable', text: 'Something could not be checked.', level: 'error' },
  { id: 'plimsoll/cut', name: 'Cut', text: 'Results were left out of the log.', level: 'warning' },
  { id: 'plimsoll/note', name: 'Note', text: 'A word on the check as a whole.', level: 'note' },
] as const;

type Kind = (typeof kinds)[number]['id'];

/** What notifications this tool gives, as SARIF's `reportingDescriptor`s. */
export const notificationDescriptors: readonly object[] = kinds.map(({ id, name, text, level }) => ({
  id,
  name,
  shortDescription: { text },
  fullDescription: { text },
  help: { text: `${text} The notification says what.` },
  helpUri: homepage,
  defaultConfiguration: { level },
}));

/** What a reader of the log must know besides its results. */
export function notificationsOf(input: ReportInput, leftOut: number, pathPrefix: string): readonly object[] {
  return [
    ...input.uncheckable.map((what) => uncheckableNotification(what, pathPrefix)),
    ...(leftOut > 0 ? [cutNotification(leftOut)] : []),
    ...input.notes.map((note) => notification('plimsoll/note', note)),
  ];
}

/** Tells how many results were left out, the least severe. */
export function cutNotification(leftOut: number): object {
  return notification('plimsoll/cut', cutNote.text(leftOut));
}

function uncheckableNotification({ path, ruleId, reason }: Uncheckable, pathPrefix: string): object {
  const what = ruleId === undefined ? 'Not checked' : `Not checked by ${ruleId}`;
  return {
    ...notification('plimsoll/uncheckable', `${what}: ${reason}`),
    ...(path && { locations: [{ physicalLocation: { artifactLocation: artifactLocation(path, pathPrefix) } }] }),
  };
}

function notification(id: Kind, text: string): object {
  const index = kinds.findIndex((kind) => kind.id === id);
  return {
    descriptor: { id, index },
    level: kinds[index]?.level,
    message: { text: cut(visible(text), textLength) || 'No message.' },
  };
}
