import { defineRule, formatCount, formatList } from '@plimsoll/core';
import type { Report, Units } from '@plimsoll/core';

export const drift = defineRule({
  id: 'packaging/drift',
  summary: 'What ships differs from the recorded list.',
  why: 'With the list in the repository, whatever newly gets into an image is a line of a diff that someone reviews. That holds as long as the list is true.',
  limits:
    'It compares the files that come from the repository, by their paths in the image. A Dockerfile with no `plimsoll.ships.txt` beside it is not compared; `plimsoll ships --update` writes one.',
  since: '0.1.0',
  severity: 'warning',
  presets: ['recommended', 'strict'],
  references: ['Docker: Build context'],
  visits: 'drift',
  examples: {
    bad: [
      {
        Dockerfile: 'FROM scratch AS web\nCOPY src /app/\n',
        'plimsoll.ships.txt': '«[web] from .»\n/app/main.js\n/app/old.js\n',
        'src/main.js': 'run();\n',
        'src/debug.js': 'debug();\n',
      },
      {
        Dockerfile: 'FROM scratch AS web\nCOPY src /app/\nFROM scratch AS api\nCOPY src /api/\n',
        'compose.yaml':
          'services:\n  web: { build: { context: ., target: web } }\n  api: { build: { context: ., target: api } }\n',
        'plimsoll.ships.txt': '«[web] from .»\n/app/main.js\n',
        'src/main.js': 'run();\n',
      },
    ],
    good: [
      {
        Dockerfile: 'FROM scratch AS web\nCOPY src /app/\n',
        'plimsoll.ships.txt': '[web] from .\n/app/main.js\n',
        'src/main.js': 'run();\n',
      },
    ],
  },
  check(found, report) {
    report({ ...reportOf(found), help: 'Run `plimsoll ships --update`, and review the diff of the list' });
  },
});

type Drift = Units['drift'];

function reportOf(found: Drift): Report {
  switch (found.kind) {
    case 'changed':
      return changed(found);
    case 'unrecorded': {
      const names = found.sets.map(
        ({ target, context, files }) => `${target} from ${context} (${formatCount(files.size, 'file')})`,
      );
      const [{ dockerfile }] = found.sets;
      const { file, sections } = found.list;
      return {
        at: sections[0]?.range ?? file.range(0, file.lineEnd(1)),
        message: `${dockerfile.file.path} also ships what this list does not record: ${formatList(names, 3)}`,
        related: [{ at: dockerfile.file.range(0, 0), label: 'the Dockerfile' }],
      };
    }
    case 'stale':
      return {
        at: found.section.range,
        message: 'Nothing in the repository builds this target from this context any more',
      };
  }
}

function changed({ section, added, gone, copies, set: { dockerfile } }: Extract<Drift, { kind: 'changed' }>): Report {
  const paths = (some: readonly { readonly path: string }[]): string =>
    formatList(
      some.map(({ path }) => path),
      3,
    );
  const newly =
    added.length > 0 &&
    `ships ${formatCount(added.length, 'file that is', 'files that are')} not recorded (${paths(added)})`;
  const lost = gone.length > 0 && `no longer ships ${paths(gone)}`;
  return {
    at: section.range,
    message: `${dockerfile.file.path} ${formatList([newly, lost].filter((text) => text !== false))}`,
    related: [
      ...copies.map((copy) => ({ at: copy.source.range, label: 'brings what is new' })),
      ...gone.slice(0, 1).map(({ range }) => ({ at: range, label: 'no longer ships' })),
    ],
  };
}
