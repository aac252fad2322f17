import { runExample } from '@plimsoll/rule-tester';
import { expect, test } from 'vitest';
import { addForCopy } from './add-for-copy.ts';

test('the COPY that is proposed keeps the flags', async () => {
  const { findings } = await runExample(addForCopy, {
    Dockerfile: 'FROM scratch\nADD --chmod=644 --chown=1 app.json /models/\n',
    'app.json': '{}\n',
  });
  expect(findings.map(({ help }) => help)).toEqual(['Write COPY --chmod=644 --chown=1 app.json /models/']);
});

test('the recommended preset tells of a Dockerfile once', async () => {
  const files = { Dockerfile: 'FROM scratch\nADD a.json /\nADD b.json /\n', 'a.json': '{}\n', 'b.json': '{}\n' };
  const { findings } = await runExample(addForCopy, files, { preset: 'recommended' });
  expect(findings.map(({ related }) => related.length)).toEqual([1]);
  expect((await runExample(addForCopy, files)).findings).toHaveLength(2);
});
