import { textOf } from '@plimsoll/documents';
import { expect, test } from 'vitest';
import { documentsOf } from '../documents.testing.ts';
import { buildGraph } from '../index.ts';

/** `contents: write: job needed` */
function grants(files: Record<string, string> | string): readonly string[] {
  const { scopeGrants } = buildGraph(
    documentsOf(typeof files === 'string' ? { '.github/workflows/a.yml': files } : files),
  );
  return scopeGrants.map(
    ({ range, jobs }) => `${textOf(range)}: ${jobs.map(({ job, use }) => `${job.id} ${use}`).join(', ')}`,
  );
}

const steps = (text: string): string =>
  `    runs-on: ubuntu-24.04\n    steps:\n${text.trim().replace(/^/gm, '      ')}\n`;

test('a scope is needed where a step is known to need it', () => {
  expect(
    grants(
      `on: push\njobs:\n  notes:\n    permissions:\n      contents: write\n      issues: write\n${steps('- uses: softprops/action-gh-release@v2')}`,
    ),
  ).toEqual(['contents: write: notes needed', 'issues: write: notes unneeded']);
});

test('a grant of the workflow goes to the jobs that declare nothing', () => {
  expect(
    grants(
      `on: push\npermissions: { contents: write }\njobs:\n  test:\n${steps('- run: go test ./...')}  notes:\n${steps('- uses: softprops/action-gh-release@v2')}  own:\n    permissions: {}\n${steps('- run: ls')}`,
    ),
  ).toEqual(['contents: write: test unneeded, notes needed']);
});

test('what is not understood, and can reach the token, leaves a job undecided', () => {
  const one = (text: string, scope = 'issues: write') =>
    grants(`on: push\njobs:\n  x:\n    permissions: { ${scope} }\n${steps(text)}`)[0];
  expect(one('- run: ./triage.sh')).toBe('issues: write: x unneeded');
  expect(one('- run: ./triage.sh\n  env: { GITHUB_TOKEN: "${{ github.token }}" }')).toBe('issues: write: x undecided');
  expect(one('- run: ./triage.sh\n  env: { GITHUB_TOKEN: "${{ secrets.PAT }}" }')).toBe('issues: write: x unneeded');
  expect(one('- run: gh api -X POST /repos/a/b/issues\n  env: { GH_TOKEN: "${{ github.token }}" }')).toBe(
    'issues: write: x undecided',
  );
  expect(one('- run: gh issue list\n  env: { GH_TOKEN: "${{ github.token }}" }')).toBe('issues: write: x unneeded');
  expect(one('- uses: acme/triage@v1')).toBe('issues: write: x undecided');
  expect(one('- uses: actions/github-script@v8\n  with: { script: "" }')).toBe('issues: write: x undecided');
  expect(one('- uses: actions/setup-node@v6\n- uses: actions/cache/save@v4')).toBe('issues: write: x unneeded');
  expect(one('- run: ./deploy.sh', 'id-token: write')).toBe('id-token: write: x undecided');
  expect(one('- run: docker build .', 'id-token: write')).toBe('id-token: write: x unneeded');
  expect(one('- uses: actions/checkout@v6\n- run: make release', 'contents: write')).toBe(
    'contents: write: x undecided',
  );
  expect(
    one('- uses: actions/checkout@v6\n  with: { persist-credentials: false }\n- run: make release', 'contents: write'),
  ).toBe('contents: write: x unneeded');
  expect(
    one(
      '- uses: docker/login-action@v4\n  with: { registry: ghcr.io, username: x, password: "${{ github.token }}" }\n- run: ./push.sh',
      'packages: write',
    ),
  ).toBe('packages: write: x undecided');
  expect(one('- run: npm publish\n  env: { NODE_AUTH_TOKEN: "${{ github.token }}" }', 'packages: write')).toBe(
    'packages: write: x undecided',
  );
  expect(one('- run: $TOOL\n  env: { GH_TOKEN: "${{ github.token }}" }')).toBe('issues: write: x undecided');
});

test('write-all is one grant, a call is judged by the workflow that it calls', () => {
  expect(grants(`on: push\npermissions: write-all\njobs:\n  x:\n${steps('- run: ls')}`)).toEqual([
    'permissions: x unneeded',
  ]);
  expect(
    grants({
      '.github/workflows/a.yml':
        'on: push\njobs:\n  call:\n    permissions: { contents: write, packages: write }\n    uses: ./.github/workflows/b.yml\n',
      '.github/workflows/b.yml': `on: workflow_call\njobs:\n  notes:\n${steps('- uses: softprops/action-gh-release@v2')}`,
    }),
  ).toEqual(['contents: write: call needed', 'packages: write: call unneeded']);
  expect(
    grants(
      'on: push\njobs:\n  call:\n    permissions: { contents: write }\n    uses: acme/x/.github/workflows/b.yml@v1\n',
    ),
  ).toEqual(['contents: write: call undecided']);
});
