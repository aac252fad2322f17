import { expect, test } from 'vitest';
import { folderOf, plimsoll } from './command.testing.ts';

const files = {
  'plimsoll.yaml':
    'preset: strict\nrules:\n  identity/latest-tag: warning\n  identity/unpinned-image: { level: off, because: our mirror serves immutable tags }\n',
  'apps/api/plimsoll.yaml': 'extends: ../../ci/api.yaml\nrules:\n  identity/latest-tag: error\n',
  'ci/api.yaml':
    'preset: recommended\nrules:\n  provenance/missing-attestation: { options: { signed: true } }\nignore:\n  - paths: [old]\n    because: it is switched off in spring\n',
};

/** Lines of what is printed, without the columns between. */
function lines(...args: readonly string[]): readonly string[] {
  const { stdout, exitCode } = plimsoll(folderOf(files), 'config', ...args);
  expect(exitCode).toBe(0);
  return stdout.split('\n').map((line) => line.split(/\s+/).join(' ').trim());
}

test('each setting of a path stands with the file that says so', () => {
  expect(lines('apps/api/Dockerfile')).toEqual(
    expect.arrayContaining([
      '# apps/api/Dockerfile',
      'preset: recommended # ci/api.yaml:1',
      'identity/latest-tag: error # apps/api/plimsoll.yaml:3',
      'identity/unpinned-image: off # plimsoll.yaml:4, because: our mirror serves immutable tags',
      'provenance/missing-attestation: { level: warning, options: {"signed":true} } # preset recommended, with options of a file',
      'packaging/root-user: off # preset recommended',
    ]),
  );
  expect(lines()).toEqual(
    expect.arrayContaining([
      '# the root',
      'preset: strict # plimsoll.yaml:1',
      'identity/latest-tag: warning # plimsoll.yaml:3',
      'packaging/root-user: warning # preset strict',
    ]),
  );
});

test('what is ignored is told with the reason, also of a file that is not there', () => {
  expect(lines('apps/api/old/Dockerfile')[1]).toBe(
    '# Its findings are suppressed (ci/api.yaml:5), because: it is switched off in spring',
  );
});

test('what is wrong is told, with exit code 2', () => {
  const { stderr, exitCode } = plimsoll(folderOf({ 'plimsoll.yaml': 'presets: strict\n' }), 'config');
  expect([exitCode, stderr]).toEqual([
    2,
    'plimsoll: plimsoll.yaml:1: "presets" is no key of the configuration; did you mean "preset"?\n',
  ]);
  expect(plimsoll(folderOf(files), 'config', '../elsewhere').exitCode).toBe(2);
});
