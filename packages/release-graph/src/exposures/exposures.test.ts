import { textOf } from '@plimsoll/documents';
import { describe, expect, test } from 'vitest';
import { documentsOf } from '../documents.testing.ts';
import { buildGraph } from '../index.ts';

const workflow = '.github/workflows/a.yml';

function graphOf(jobs: string, files: Readonly<Record<string, string>> = {}, top = 'on: push') {
  return buildGraph(documentsOf({ [workflow]: `${top}\njobs:\n${jobs}`, ...files }));
}

/** One job with these steps, written from the first column. */
function job(steps: string, keys = ''): string {
  const indented = steps.trim().replace(/^/gm, '      ');
  return `  x:\n    runs-on: ubuntu-24.04\n${keys.replace(/^(?=.)/gm, '    ')}    steps:\n${indented}\n`;
}

describe('kept tokens', () => {
  const upload = (path: string, ref = 'v4', hidden = 'true') =>
    `- uses: actions/upload-artifact@${ref}\n  with:\n    include-hidden-files: ${hidden}\n    path: |\n${path.replace(/^/gm, '      ')}`;
  const leaks = (checkout: string, then: string, files = {}) =>
    graphOf(job(`- uses: ${checkout}\n${then}`), files).keptTokens.map(({ keptIn, leaks: all }) =>
      [keptIn, ...all.map(({ into, certain }) => `${into}${certain ? '' : ' perhaps'}`)].join(' '),
    );

  test('the version tells where the token is kept', () => {
    expect(leaks('actions/checkout@v4', '')).toEqual(['folder']);
    expect(leaks('actions/checkout@v6', '')).toEqual(['runner']);
    expect(leaks('actions/checkout@main', '')).toEqual(['runner']);
    expect(leaks(`actions/checkout@${'a'.repeat(40)} # v5.0.1`, '')).toEqual(['folder']);
    expect(leaks(`actions/checkout@${'a'.repeat(40)}`, '')).toEqual(['unknown']);
    expect(leaks('actions/checkout@v4\n  with: { persist-credentials: false }', '')).toEqual([]);
  });

  test.each([
    ['.', 'folder artifact'],
    ['./**', 'folder artifact'],
    ['*', 'folder artifact'],
    ['**/config', 'folder artifact'],
    ['${{ github.workspace }}/', 'folder artifact'],
    ['.\n!.git', 'folder'],
    ['.\n!**/.git/**', 'folder'],
    ['dist', 'folder'],
    ['*.txt', 'folder'],
    ['/tmp/x', 'folder'],
    ['${{ env.WHERE }}', 'folder'],
  ])('an upload of %j', (path, expected) => {
    expect(leaks('actions/checkout@v5', upload(path))).toEqual([expected]);
  });

  test('hidden files are left out by default since 4.4', () => {
    expect(leaks('actions/checkout@v5', upload('.', 'v4', 'false'))).toEqual(['folder']);
    const plain = (ref: string) =>
      leaks('actions/checkout@v5', `- uses: actions/upload-artifact@${ref}\n  with: { path: . }`);
    expect([plain('v4'), plain('v4.3.1'), plain('v2')]).toEqual([['folder'], ['folder artifact'], ['folder artifact']]);
  });

  test('the temporary folder of the runner holds it since version 6', () => {
    expect(leaks('actions/checkout@v6', upload('.'))).toEqual(['runner']);
    expect(leaks('actions/checkout@v6', upload('${{ runner.temp }}'))).toEqual(['runner artifact']);
  });

  test('a later checkout or command takes it away', () => {
    const clean = '- uses: actions/checkout@v5\n  with: { persist-credentials: false }\n';
    expect(leaks('actions/checkout@v5', clean + upload('.'))).toEqual(['folder']);
    expect(leaks('actions/checkout@v5', `- run: rm -rf .git\n${upload('.')}`)).toEqual(['folder']);
  });

  test('an image that is pushed, with .git in a stage that ships', () => {
    const build = (push: string) =>
      `- uses: docker/build-push-action@v6\n  with: { context: ., push: ${push}, tags: acme/x }`;
    const files = { Dockerfile: 'FROM scratch\nCOPY . /\n', '.git': '' };
    expect(leaks('actions/checkout@v5', build('true'), files)).toEqual(['folder image']);
    expect(leaks('actions/checkout@v5', build('false'), files)).toEqual(['folder']);
    expect(leaks('actions/checkout@v6', build('true'), files)).toEqual(['runner']);
    expect(leaks(`actions/checkout@${'a'.repeat(40)}`, build('true'), files)).toEqual(['unknown image perhaps']);
    const ignoring = { ...files, '.dockerignore': '.git\n' };
    expect(leaks('actions/checkout@v5', build('true'), ignoring)).toEqual(['folder']);
    const staged = {
      ...files,
      Dockerfile: 'FROM scratch AS a\nCOPY . /s\nFROM scratch\nCOPY --from=a /s/x /\n',
      x: '',
    };
    expect(leaks('actions/checkout@v5', build('true'), staged)).toEqual(['folder']);
  });

  test('a job that pushes with git is known', () => {
    const pushes = (then: string) => graphOf(job(`- uses: actions/checkout@v5\n${then}`)).keptTokens[0]?.pushes;
    expect(pushes('- run: git push')).toBe(true);
    expect(pushes('- run: npx semantic-release')).toBe(true);
    expect(pushes('- uses: stefanzweifel/git-auto-commit-action@v5')).toBe(true);
    expect(pushes('- run: git fetch')).toBe(false);
  });
});

describe('exposed secrets', () => {
  const env = 'env:\n  T: ${{ secrets.T }}\n';
  const exposed = (steps: string, keys = env, files = {}) =>
    graphOf(job(steps, keys), files).secretExposures.map(({ range }) => textOf(range));

  test('a variable of the job which one step uses', () => {
    expect(exposed('- run: npm ci\n- run: push "$T"')).toEqual(['T: ${{ secrets.T }}']);
    expect(exposed('- run: npm ci\n- uses: acme/x@v1\n  with: { t: "${{ env.T }}" }')).toHaveLength(1);
    expect(exposed('- run: one "$T"\n- run: two "$T"')).toEqual([]);
    expect(exposed('- run: one "$T"')).toEqual([]);
    expect(exposed('- run: npm ci\n- run: one\n- run: two')).toEqual([]);
  });

  test('a script of the repository that names it uses it', () => {
    const files = { 'ci/push.sh': 'curl -u "$T" x\n' };
    expect(exposed('- run: npm ci\n- run: ./ci/push.sh', env, files)).toHaveLength(1);
    expect(exposed('- run: push "$T"\n- run: sh ci/push.sh', env, files)).toEqual([]);
  });

  test('what an if asks for has to stand outside of the step', () => {
    expect(exposed('- run: npm ci\n- if: env.T != \'\'\n  run: push "$T"')).toEqual([]);
  });

  test('names of other things do not count', () => {
    expect(exposed('- run: npm ci\n- run: push "$T"\n- run: echo "${{ secrets.T }} $TT ${{ inputs.T }}"')).toHaveLength(
      1,
    );
    expect(exposed('- run: npm ci\n- run: a "$T"\n- run: b "$T"\n  env: { T: x }')).toHaveLength(1);
  });

  test('ids that are kept among secrets, and the token of the run, are none', () => {
    const steps = '- run: npm ci\n- run: push "$T"';
    expect(exposed(steps, 'env:\n  T: ${{ secrets.DEPLOY_ROLE_ARN }}\n')).toEqual([]);
    expect(exposed(steps, 'env:\n  T: ${{ secrets.GITHUB_TOKEN }}\n')).toEqual([]);
    expect(exposed(steps, 'env:\n  T: ${{ vars.T }}\n')).toEqual([]);
  });

  test('all secrets as one text', () => {
    expect(exposed('- run: echo\n  env: { A: "${{ toJSON(secrets) }}" }', '')).toEqual(['${{ toJSON(secrets) }}']);
    expect(exposed('- run: echo\n  env: { A: "${{ toJSON(secrets.A) }}" }', '')).toEqual([]);
  });
});

describe('secrets as arguments', () => {
  const found = (run: string, value = '${{ secrets.S }}') =>
    graphOf(job(`- run: ${run}\n  env: { S: "${value}" }`)).secretArguments.map(({ range }) => textOf(range));

  test.each([
    ['docker login -u a -p "$S"', ['-p "$S"']],
    ['docker login -u a -p "$(pass show x)"', ['-p "$(pass show x)"']],
    ['tool sync --password=$S', ['--password=$S']],
    ['git push https://x:$S@github.com/a/b', ['https://x:$S@github.com/a/b']],
    ['curl https://a.example/?token=$S', ['https://a.example/?token=$S']],
    ['echo $S | docker login -u a --password-stdin', []],
    ['echo https://x:$S@github.com > f', []],
    ['tool --password=test', []],
    ['git clone https://bot@git.example/x', []],
    ['docker run -p 80:80 "$S"', []],
  ])('%s', (run, expected) => {
    expect(found(run)).toEqual(expected);
  });

  test('what a variable holds counts, not its name', () => {
    expect(found('git clone https://$S@host/x', '${{ vars.S }}')).toEqual([]);
    expect(found('git clone https://$S@host/x', 'plain')).toEqual([]);
  });

  test('in scripts the name has to tell', () => {
    const { secretArguments } = graphOf(job('- run: ls'), {
      'x.sh': '#!/bin/sh\ngit clone https://$API_TOKEN@host/x\ngit clone https://$BRANCH@host/x\ndocker push a/b\n',
    });
    expect(secretArguments.map(({ range }) => textOf(range))).toEqual(['https://$API_TOKEN@host/x']);
  });
});

describe('personal tokens', () => {
  const found = (steps: string, top?: string) =>
    graphOf(job(steps), {}, top).personalTokens.map(({ range }) => textOf(range));
  const pat = '${{ secrets.PAT }}';

  test('for what the token of the run does', () => {
    const comment = `- run: gh issue comment 1 -b x\n  env:\n    GH_TOKEN: ${pat}`;
    expect(found(comment)).toEqual([`GH_TOKEN: ${pat}`]);
    expect(found(comment, 'on: [push, issue_comment]')).toEqual([]);
    expect(found(comment.replace('1 -b', '1 -R a/b -b'))).toEqual([]);
    expect(found(comment.replace(pat, `\${{ secrets.PAT || github.token }}`))).toEqual([]);
  });

  test('a release that starts other workflows needs another token', () => {
    const release = `- uses: softprops/action-gh-release@v2\n  with:\n    token: ${pat}`;
    expect(found(release, 'on: { push: { branches: [main] } }')).toEqual([`token: ${pat}`]);
    expect(found(release, 'on: [release]')).toEqual([]);
  });

  test('a checkout, unless something may push, or submodules are read', () => {
    const checkout = (more = '', then = 'go test ./...') =>
      found(`- uses: actions/checkout@v5\n  with:\n    token: ${pat}\n${more}- run: ${then}`);
    expect(checkout()).toEqual([`token: ${pat}`]);
    expect(checkout('    submodules: true\n')).toEqual([]);
    expect(checkout('    repository: acme/other\n')).toEqual([]);
    expect(checkout('', 'git push')).toEqual([]);
    expect(checkout('', './release.sh')).toEqual([]);
    expect(checkout('    persist-credentials: false\n', './release.sh')).toHaveLength(1);
  });
});
