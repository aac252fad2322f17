import { describe, expect, test } from 'vitest';
import { textOf } from '../index.ts';
import { place, read, values } from './test-helpers.ts';

describe('a job', () => {
  test('has what its keys say', () => {
    const { job, problems } = read(`
on: push
jobs:
  image:
    name: Build \${{ matrix.app }}
    needs: [test, lint]
    if: github.ref == 'refs/heads/main'
    runs-on: [self-hosted, linux]
    environment: { name: live, url: https://example.com }
    permissions: { packages: write }
    continue-on-error: true
    env: { IMAGE: ghcr.io/acme/api, EMPTY: }
    outputs: { digest: "\${{ steps.push.outputs.digest }}" }
    defaults: { run: { shell: bash, working-directory: apps/api } }
    steps: []
`);
    expect(problems).toEqual([]);
    expect(job).toMatchObject({
      id: 'image',
      defaultShell: 'bash',
      defaultWorkingDirectory: 'apps/api',
      steps: [],
      secrets: [],
    });
    expect(textOf(job.idRange)).toBe('image');
    expect(textOf(job.range)).toMatch(/^image:[\s\S]*steps: \[\]$/);
    expect(job.needs.map(({ value }) => value)).toEqual(['test', 'lint']);
    expect(place(job.if)).toBe("github.ref == 'refs/heads/main'");
    expect(place(job.environment)).toBe('live');
    expect(job.continueOnError?.value).toBe('true');
    expect(job.permissions?.scopes).toMatchObject([{ name: 'packages', level: 'write' }]);
    expect(values(job.env)).toEqual({ IMAGE: 'ghcr.io/acme/api', EMPTY: '' });
    expect(values(job.outputs)).toEqual({ digest: '${{ steps.push.outputs.digest }}' });
    expect(job.runsOn?.type).toBe('sequence');
  });

  test('may need one job, and name its environment by itself', () => {
    const { job } = read('on: push\njobs:\n  a:\n    needs: b\n    environment: live\n');
    expect(job.needs.map(({ value }) => value)).toEqual(['b']);
    expect(job.environment?.value).toBe('live');
  });

  test('runs in a container beside services', () => {
    const { job } = read(`
on: push
jobs:
  a:
    container: { image: node:22, env: { A: b }, credentials: { username: u, password: "\${{ secrets.P }}" } }
    services:
      db: { image: postgres:17 }
      off: { image: "" }
      short: redis
`);
    expect(job.container).toMatchObject({ image: { value: 'node:22' }, env: [{ name: 'A' }] });
    expect(values(job.container?.credentials ?? [])).toEqual({ username: 'u', password: '${{ secrets.P }}' });
    expect(job.services.map(({ name, image }) => [name, image.value])).toEqual([
      ['db', 'postgres:17'],
      ['off', ''],
      ['short', 'redis'],
    ]);
    expect(place(read('on: push\njobs: {a: {container: node:lts}}\n').job.container?.image)).toBe('node:lts');
  });

  test('may call a workflow', () => {
    const { job, jobs } = read(`
on: push
jobs:
  a:
    uses: acme/ci/.github/workflows/build.yml@v1 # v1.2.3
    with: { push: true }
    secrets: inherit
  b:
    uses: ./.github/workflows/b.yml
    secrets: { TOKEN: "\${{ secrets.T }}" }
`);
    expect(job.uses).toMatchObject({
      target: 'workflow',
      owner: 'acme',
      repository: 'ci',
      path: '.github/workflows/build.yml',
      ref: 'v1',
      comment: 'v1.2.3',
    });
    expect(values(job.with)).toEqual({ push: 'true' });
    expect(job.secrets).toBe('inherit');
    expect(job.secretsRange && textOf(job.secretsRange)).toBe('secrets: inherit');
    expect(jobs[1]?.secrets).toMatchObject([{ name: 'TOKEN', value: '${{ secrets.T }}' }]);
  });
});

describe('a matrix', () => {
  const matrixOf = (matrix: string) =>
    read(`on: push\njobs:\n  a:\n    strategy:\n      matrix: ${matrix}\n`).job.matrix;

  test('has axes, include and exclude', () => {
    const matrix = matrixOf('{ os: [a, b], node: [20, 1.20], include: [{ os: c, tag: x }], exclude: [{ os: a }] }');
    expect(matrix?.axes.map(({ name, values: nodes }) => [name, nodes.map(({ range }) => textOf(range))])).toEqual([
      ['os', ['a', 'b']],
      ['node', ['20', '1.20']],
    ]);
    expect(matrix?.include.map((entry) => [...entry.keys()])).toEqual([['os', 'tag']]);
    expect(matrix?.exclude).toHaveLength(1);
    expect(matrix).not.toHaveProperty('dynamic');
  });

  test.each([
    ['"${{ fromJSON(x) }}"', 'the matrix is ${{ fromJSON(x) }}'],
    ['{ os: "${{ x }}", b: [1] }', 'the axis os is ${{ x }}'],
    ['{ include: "${{ x }}" }', 'include is ${{ x }}'],
    ['{ include: [{ a: b }, "${{ x }}"] }', 'include holds ${{ x }}'],
  ])('that is not known before the run says so: %s', (matrix, reason) => {
    expect(matrixOf(matrix)?.dynamic).toBe(reason);
  });
});

describe('expressions that GitHub refuses', () => {
  test.each([
    ['broken', 'a b'],
    ['too deep', `${'('.repeat(10_000)}x${')'.repeat(10_000)}`],
    ['not closed', 'a'.repeat(5)],
  ])('are told: %s', (name, expression) => {
    const close = name === 'not closed' ? '' : ' }}';
    const { problems } = read(`on: push\njobs:\n  a:\n    env: { A: "\${{ ${expression}${close}" }\n`);
    expect(problems.map(({ message }) => message)).toEqual([
      expect.stringContaining('This expression cannot be read: '),
    ]);
  });
});

describe('jobs that need each other', () => {
  const problems = (jobs: string) => read(`on: push\njobs:\n${jobs}`).problems.map(({ message }) => message);

  test('are told, once', () => {
    expect(problems('  a: { needs: c }\n  b: { needs: [a] }\n  c: { needs: [b] }\n  d: { needs: a }\n')).toEqual([
      'Jobs need each other in a circle (a → c → b → a): GitHub refuses the workflow',
    ]);
    expect(problems('  a: { needs: A }\n')).toEqual(['The job a needs itself: GitHub refuses the workflow']);
  });

  test('others are not', () => {
    expect(problems('  a: { needs: [b, c] }\n  b: { needs: c }\n  c: {}\n  d: { needs: nobody }\n')).toEqual([]);
  });

  test('thousands of them', () => {
    const chain = Array.from({ length: 3_000 }, (_, i) => `  j${i}: { needs: j${(i + 1) % 3_000} }\n`).join('');
    expect(problems(chain)).toHaveLength(1);
  });
});
