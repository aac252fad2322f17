import { faultsOf } from '@plimsoll/rule-tester';
import { describe, expect, test } from 'vitest';
import { scriptInjection } from './script-injection.ts';

const path = '.github/workflows/a.yml';

/** A workflow of one job; the steps are written from the first column. */
function workflow(on: string, steps: string, keys = ''): string {
  return `on: ${on}\njobs:\n  a:\n    runs-on: ubuntu-24.04\n${keys.replace(/^(?=.)/gm, '    ')}    steps:\n${steps.trim().replace(/^/gm, '      ')}\n`;
}

describe('names that carry them', () => {
  test.each([
    [
      'env of the step',
      workflow('issues', '- env: { T: "${{ github.event.issue.title }}" }\n  run: echo "«${{ env.T }}»"'),
    ],
    [
      'env of the job',
      workflow('issues', '- run: echo "«${{ env.T }}»"', 'env: { T: "${{ github.event.issue.title }}" }\n'),
    ],
    [
      'an output of a script',
      workflow(
        'issues',
        '- id: t\n  env: { T: "${{ github.event.issue.title }}" }\n  run: echo "title=$T" >> "$GITHUB_OUTPUT"\n- run: echo "«${{ steps.t.outputs.title }}»"',
      ),
    ],
    [
      'GITHUB_ENV',
      workflow(
        'pull_request_target',
        '- run: echo "BRANCH=${GITHUB_HEAD_REF##*/}" >> "$GITHUB_ENV"\n- run: echo "«${{ env.BRANCH }}»"',
      ),
    ],
    [
      'printf',
      workflow(
        'issues',
        `- id: t\n  env: { T: "\${{ github.event.issue.title }}" }\n  run: printf 'title=%s\\n' "$T" >> "$GITHUB_OUTPUT"\n- run: echo "«\${{ steps.t.outputs.title }}»"`,
      ),
    ],
    [
      'a job output',
      'on: issues\njobs:\n  a:\n    runs-on: ubuntu-24.04\n    outputs: { title: "${{ steps.t.outputs.title }}" }\n    steps:\n      - id: t\n        env: { T: "${{ github.event.issue.title }}" }\n        run: echo "title=$T" >> "$GITHUB_OUTPUT"\n  b:\n    needs: a\n    runs-on: ubuntu-24.04\n    steps:\n      - run: echo "«${{ needs.a.outputs.title }}»"\n',
    ],
    [
      'an action that reads comments',
      workflow(
        'issue_comment',
        '- id: c\n  uses: peter-evans/find-comment@v3\n- run: echo "«${{ steps.c.outputs.comment-body }}»"',
      ),
    ],
    [
      'changed files that are not quoted',
      workflow(
        'pull_request_target',
        '- id: c\n  uses: tj-actions/changed-files@v46\n  with: { safe_output: false }\n- run: ls «${{ steps.c.outputs.all_changed_files }}»',
      ),
    ],
    [
      'an issue that a script asks for',
      workflow(
        'issues',
        '- id: i\n  uses: actions/github-script@v8\n  with:\n    script: |\n      const { data } = await github.rest.issues.get({ issue_number: 1 });\n      return { title: data.title };\n- run: echo "«${{ fromJSON(steps.i.outputs.result).title }}»"',
      ),
    ],
    [
      'a matrix that another job makes',
      'on: pull_request_target\njobs:\n  a:\n    runs-on: ubuntu-24.04\n    outputs: { files: "${{ steps.c.outputs.docs_files }}" }\n    steps:\n      - id: c\n        uses: dorny/paths-filter@v3\n        with: { list-files: json, filters: "docs: [docs/**]" }\n  b:\n    needs: a\n    strategy: { matrix: { file: "${{ fromJSON(needs.a.outputs.files) }}" } }\n    runs-on: ubuntu-24.04\n    steps:\n      - run: lint «${{ matrix.file }}»\n',
    ],
    [
      'the commit message that git prints',
      workflow(
        'push',
        '- id: m\n  run: echo "message=$(git log -1 --pretty=%s)" >> "$GITHUB_OUTPUT"\n- run: echo "«${{ steps.m.outputs.message }}»"',
      ),
    ],
  ])('%s', async (_, text) => {
    expect(await faultsOf(scriptInjection, { [path]: text })).toEqual([]);
  });

  test.each([
    [
      'changed files that are quoted by default',
      workflow(
        'pull_request',
        '- id: c\n  uses: tj-actions/changed-files@v46\n- run: ls ${{ steps.c.outputs.all_changed_files }}',
      ),
    ],
    [
      'a text that the shell cleans',
      workflow(
        'pull_request_target',
        '- id: t\n  env: { T: "${{ github.head_ref }}" }\n  run: echo "slug=${T//[^a-z0-9]/-}" >> "$GITHUB_OUTPUT"\n- run: echo "${{ steps.t.outputs.slug }}"',
      ),
    ],
    [
      'a number of an object that is read again',
      workflow(
        'issues',
        '- env: { E: "${{ toJSON(github.event) }}" }\n  run: echo ${{ fromJSON(env.E).issue.number }}',
      ),
    ],
    ['a static matrix', workflow('issues', '- run: echo ${{ matrix.os }}', 'strategy: { matrix: { os: [a, b] } }\n')],
    [
      'a label that is made of a branch name',
      workflow(
        'pull_request_target',
        '- id: m\n  uses: docker/metadata-action@v6\n  with: { images: acme/app }\n- run: echo "${{ steps.m.outputs.tags }}"',
      ),
    ],
  ])('quiet: %s', async (_, text) => {
    expect(await faultsOf(scriptInjection, { [path]: text })).toEqual([]);
  });
});

describe('a file of the run that a pull request started', () => {
  const reads = (check: string, download: string): string =>
    workflow(
      '{ workflow_run: { workflows: [test] } }',
      `${download}- id: n\n  run: |\n    n=$(cat pr/number)\n${check}    echo "n=$n" >> "$GITHUB_OUTPUT"\n- run: echo "MARK"`,
    );
  const download =
    '- uses: actions/download-artifact@v6\n  with: { run-id: "${{ github.event.workflow_run.id }}", path: pr }\n';
  const marked = '«${{ steps.n.outputs.n }}»';
  const plain = '${{ steps.n.outputs.n }}';

  test.each([
    ['is a text of theirs', reads('', download).replace('MARK', marked)],
    ['is none where it is checked', reads('    [[ "$n" =~ ^[0-9]+$ ]] || exit 1\n', download).replace('MARK', plain)],
    ['is none where nothing is downloaded', reads('', '').replace('MARK', plain)],
  ])('%s', async (_, text) => {
    expect(await faultsOf(scriptInjection, { [path]: text })).toEqual([]);
  });
});
