import { describe, expect, test } from 'vitest';
import { report } from '../index.ts';
import type { ReportInput, ReportOptions } from '../index.ts';
import { findingAt, inputOf, placeIn, related, rule } from '../input.testing.ts';

interface Place {
  readonly id?: number;
  readonly message?: { readonly text: string };
  readonly physicalLocation: { readonly artifactLocation: { readonly uri: string }; readonly region?: object };
}

interface Run {
  readonly tool: { readonly driver: { readonly rules: readonly Record<string, unknown>[] } & Record<string, unknown> };
  readonly invocations: readonly {
    readonly executionSuccessful: boolean;
    readonly toolExecutionNotifications?: readonly {
      readonly level: string;
      readonly message: { readonly text: string };
    }[];
  }[];
  readonly automationDetails?: object;
  readonly results: readonly {
    readonly ruleId: string;
    readonly ruleIndex: number;
    readonly level: string;
    readonly message: { readonly text: string };
    readonly locations: readonly Place[];
    readonly relatedLocations?: readonly Place[];
    readonly codeFlows?: readonly {
      readonly threadFlows: readonly { readonly locations: readonly { readonly location: Place }[] }[];
    }[];
    readonly suppressions?: readonly object[];
  }[];
}

function runOf(input: ReportInput, options?: ReportOptions): Run {
  const log = JSON.parse(report('sarif', input, options)) as { runs: [Run] };
  return log.runs[0];
}

const dockerfile = placeIn('apps/web app/ü.Dockerfile', 'FROM «node:latest»\n');

test('a result names its rule, its place on one line, and how it is recognised again', () => {
  const input = inputOf([findingAt(placeIn('Dockerfile', 'RUN «a \\\n  b»\n'), { help: 'Do this' })], {
    rules: [rule('lane/fail-open'), rule('identity/latest-tag')],
  });
  expect(runOf(input).results).toEqual([
    {
      ruleId: 'identity/latest-tag',
      ruleIndex: 1,
      level: 'error',
      message: { text: 'node is named by the tag "latest", which moves\nDo this' },
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri: 'Dockerfile', uriBaseId: '%SRCROOT%' },
            region: { startLine: 1, startColumn: 5, endLine: 1, endColumn: 8 },
          },
        },
      ],
      partialFingerprints: { primaryLocationLineHash: expect.stringMatching(/^[0-9a-f]+:1$/) as string },
    },
  ]);
});

test('paths are relative to the repository and percent-encoded', () => {
  const { results } = runOf(inputOf([findingAt(dockerfile)]), { pathPrefix: 'services' });
  const [location] = results[0]?.locations ?? [];
  expect(location?.physicalLocation.artifactLocation.uri).toBe('services/apps/web%20app/%C3%BC.Dockerfile');
});

test('the message links each related place, and nothing that a checked file says', () => {
  const input = inputOf([
    findingAt(dockerfile, {
      message: 'COPY ["a", "b"] [click](https://evil.example)',
      related: [related(dockerfile, 'set [here](2)'), related(dockerfile, 'used here')],
    }),
  ]);
  const [result] = runOf(input).results;
  expect(result?.message.text).toBe(
    'COPY ["a", "b"] [click] (https://evil.example)\nSee [set (here)(2)](1), [used here](2).',
  );
  expect(result?.relatedLocations?.map(({ id, message }) => ({ id, text: message?.text }))).toEqual([
    { id: 1, text: 'set [here](2)' },
    { id: 2, text: 'used here' },
  ]);
});

describe('rules', () => {
  test('all that ran are described, whether or not they found something', () => {
    const [first] = runOf(inputOf([], { rules: [{ ...rule('identity/latest-tag', 'warning'), limits: 'Variables.' }] }))
      .tool.driver.rules;
    const page = 'https://github.com/plimsoll/plimsoll/blob/main/docs/rules/identity/latest-tag.md';
    expect(first).toEqual({
      id: 'identity/latest-tag',
      name: 'IdentityLatestTag',
      shortDescription: { text: 'The defect identity/latest-tag.' },
      fullDescription: { text: 'The defect identity/latest-tag. It matters.' },
      help: {
        text: `The defect identity/latest-tag.\n\nIt matters.\n\nLimits: Variables.\n\nReferences: SLSA v1.1\n\nMore: ${page}`,
        markdown: `**The defect identity/latest-tag.**\n\nIt matters.\n\n**Limits.** Variables.\n\n- SLSA v1.1\n\n[Examples, and how to mend it](${page})`,
      },
      helpUri: page,
      defaultConfiguration: { level: 'warning' },
      properties: {
        tags: ['security', 'supply-chain', 'identity'],
        precision: 'high',
        'problem.severity': 'warning',
        'security-severity': '5.0',
      },
    });
  });

  test('what only the strict preset holds is less precise', () => {
    const rules = [{ ...rule('packaging/root-user'), presets: ['strict'] }];
    expect(runOf(inputOf([], { rules })).tool.driver.rules[0]?.['properties']).toMatchObject({ precision: 'medium' });
  });

  test.each([
    ['secrets/in-layer', undefined, '9.1'],
    ['packaging/sensitive-file', 8.2, '8.2'],
    ['packaging/missing-source', false, undefined],
  ] as const)('%s has its security severity', (id, own, expected) => {
    const rules = [{ ...rule(id), ...(own !== undefined && { securitySeverity: own }) }];
    const properties = runOf(inputOf([], { rules })).tool.driver.rules[0]?.['properties'] as Record<string, unknown>;
    expect(properties['security-severity']).toBe(expected);
  });

  test('a rule that is known by its findings alone is described too; syntax is no security matter', () => {
    const run = runOf(inputOf([findingAt(dockerfile, { ruleId: 'syntax/dockerfile' })]));
    const described = run.tool.driver.rules[run.results[0]?.ruleIndex ?? 0];
    expect(described).toMatchObject({ id: 'syntax/dockerfile', properties: { tags: ['correctness', 'syntax'] } });
    expect(described?.['properties']).not.toHaveProperty('security-severity');
  });

  test('long descriptions are cut where GitHub cuts them', () => {
    const rules = [{ ...rule('lane/fail-open'), why: 'w'.repeat(3000) }];
    const { text } = runOf(inputOf([], { rules })).tool.driver.rules[0]?.['fullDescription'] as { text: string };
    expect(text).toHaveLength(1024);
    expect(text.endsWith('…')).toBe(true);
  });
});

describe('what a reader must know besides', () => {
  test('a run that could check everything was successful, and has no notification', () => {
    expect(runOf(inputOf([])).invocations).toEqual([{ executionSuccessful: true }]);
  });

  test('what could not be checked is told, and the run was not successful', () => {
    const uncheckable = [
      { path: 'big.yaml', reason: 'too large' },
      { ruleId: 'lane/fail-open', reason: 'threw' },
    ];
    expect(runOf(inputOf([], { uncheckable, notes: ['A word'] })).invocations).toMatchObject([
      {
        executionSuccessful: false,
        toolExecutionNotifications: [
          { level: 'error', message: { text: 'Not checked: too large' }, locations: [{}] },
          { level: 'error', message: { text: 'Not checked by lane/fail-open: threw' } },
          { level: 'note', message: { text: 'A word' } },
        ],
      },
    ]);
  });

  test('of more than 5,000 results the worst stay, in order, and the log tells how many were left out', () => {
    const findings = Array.from({ length: 6000 }, (_, i) =>
      findingAt(dockerfile, { message: `${i}`, severity: i % 3 === 2 ? 'info' : 'error' }),
    );
    const { results, invocations } = runOf(inputOf(findings));
    expect(results).toHaveLength(5000);
    expect(results.filter(({ level }) => level === 'error')).toHaveLength(4000);
    expect(results.slice(0, 3).map(({ message }) => message.text)).toEqual(['0', '1', '2']);
    expect(invocations[0]?.toolExecutionNotifications?.[0]).toMatchObject({
      level: 'warning',
      message: { text: expect.stringMatching(/^1000 findings /) as string },
    });
  });
});

describe('suppressed findings', () => {
  const input = inputOf([], {
    suppressed: [{ finding: findingAt(dockerfile), by: 'comment', reason: 'a base of our own' }],
  });

  test('are left out, since GitHub would show them as open', () => {
    expect(runOf(input).results).toEqual([]);
  });

  test('are there on demand, with the reason', () => {
    expect(runOf(input, { includeSuppressed: true }).results[0]?.suppressions).toEqual([
      { kind: 'inSource', status: 'accepted', justification: 'a base of our own' },
    ]);
  });
});

test('a category keeps the uploads of a repository apart', () => {
  expect(runOf(inputOf([]), { category: 'apps/api' }).automationDetails).toEqual({ id: 'apps/api/' });
  expect(runOf(inputOf([])).automationDetails).toBeUndefined();
});

test('the same findings give the same bytes, however long they took', () => {
  const log = (durationMs: number): string => report('sarif', inputOf([findingAt(dockerfile)], { durationMs }));
  expect(log(1)).toBe(log(99_999));
});

test('no string is empty, whatever is', () => {
  const place = placeIn('f', '«»');
  const nothing = findingAt(place, { message: '', help: '', related: [related(place, '')] });
  const input = inputOf([nothing], { uncheckable: [{ path: '', reason: '' }], notes: [''] });
  expect(report('sarif', input, { category: '' })).not.toContain('""');
});

test('a flow is a code flow, from the source on', () => {
  const source = placeIn('a.yml', 'x: «secrets.A»\n');
  const flow = [related(source, 'read here'), related(dockerfile, 'written here')];
  const [result] = runOf(inputOf([findingAt(dockerfile, { flow })])).results;
  const [thread] = result?.codeFlows?.[0]?.threadFlows ?? [];
  expect(thread?.locations.map(({ location }) => location.message?.text)).toEqual(['read here', 'written here']);
  expect(runOf(inputOf([findingAt(dockerfile)])).results[0]).not.toHaveProperty('codeFlows');
});
