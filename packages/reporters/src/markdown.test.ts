import { expect, test } from 'vitest';
import { findingAt, inputOf, placeIn, related, rule } from './input.testing.ts';
import { report } from './index.ts';

const at = placeIn('apps/api/Dockerfile', 'FROM «node:latest»\n');

test('a table of the promises, then the findings by file, the worst file first', () => {
  const info = findingAt(placeIn('a/Dockerfile', 'ADD «x» /\n'), {
    ruleId: 'packaging/add-for-copy',
    severity: 'info',
    message: 'ADD only copies',
  });
  const input = inputOf([info, findingAt(at, { help: 'Write a version', related: [related(at, 'the stage')] })], {
    rules: [rule('identity/latest-tag'), rule('packaging/add-for-copy')],
    notes: ['two files were not searched'],
  });
  expect(report('markdown', input)).toBe(`## Plimsoll

**1 error, 1 info in 14 files** · preset recommended

| | promise | errors | warnings | info |
|---|---|--:|--:|--:|
| ✗ | Everything is named by digest | 1 |  |  |
| ✓ | What gets into the image is bounded on purpose |  |  | 1 |

### <code>apps/api/Dockerfile</code>

- 🔴 **line 1** [identity/latest\\-tag](https://github.com/plimsoll/plimsoll/blob/main/docs/rules/identity/latest-tag.md): node is named by the tag "latest", which moves
  <br>→ Write a version
  - <code>apps/api/Dockerfile:1</code> the stage

### <code>a/Dockerfile</code>

- 🔵 **line 1** [packaging/add\\-for\\-copy](https://github.com/plimsoll/plimsoll/blob/main/docs/rules/packaging/add-for-copy.md): ADD only copies

> two files were not searched
`);
});

test('what is suppressed is told with its reason, and what was not checked with its own', () => {
  const text = report(
    'markdown',
    inputOf([], {
      suppressed: [{ finding: findingAt(at), by: 'comment', reason: 'our mirror' }],
      uncheckable: [{ path: 'big/Dockerfile', reason: 'it is larger than 1 MiB' }],
    }),
  );
  expect(text).toContain('<details><summary>1 suppressed finding</summary>');
  expect(text).toContain('- <code>apps/api/Dockerfile:1</code> identity/latest\\-tag, by comment: our mirror');
  expect(text).toContain('### Not checked\n\n- <code>big/Dockerfile</code>: it is larger than 1 MiB');
});

test('text of a file is neither Markdown nor HTML, and names nobody', () => {
  const message = '<script>x</script> **b** [l](https://e.com) @team `c` | a &lt; $x$';
  const text = report('markdown', inputOf([findingAt(at, { message })]));
  expect(text).toContain(
    '&lt;script&gt;x&lt;/script&gt; \\*\\*b\\*\\* \\[l\\]\\(https://e.com\\) &#64;team \\`c\\` \\| a &amp;lt; \\$x\\$',
  );
});

test('it fits into a job summary, and says what does not', () => {
  const findings = Array.from({ length: 300 }, (_, i) =>
    findingAt(placeIn(`apps/${i}/Dockerfile`, 'FROM «x»\n'), { message: 'm'.repeat(10_000) }),
  );
  const text = report('markdown', inputOf(findings));
  expect(Buffer.byteLength(text)).toBeLessThan(1024 * 1024);
  const shown = text.match(/^### /gm)?.length ?? 0;
  expect(text).toContain(`${300 - shown} findings more than a summary can hold`);
});
