import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { askBuildkit } from './buildkit.ts';
import type { Answer, Question } from './buildkit.ts';
import type { Case } from './cases.ts';
import { randomCase, writeCase } from './cases.ts';
import { brokenMatchers } from './broken.ts';
import { differences, realFiles } from './compare.ts';
import { heredocBytes } from './dockerfile-case.ts';
import { featuresOf } from './features.ts';
import { askPlimsoll } from './plimsoll.ts';
import type { ChangeIgnoreFile } from './plimsoll.ts';

const { values } = parseArgs({
  options: {
    address: { type: 'string', default: 'unix:///run/buildkit/buildkitd.sock' },
    count: { type: 'string', default: '5000' },
    first: { type: 'string', default: '1' },
    folder: { type: 'string', default: path.join(tmpdir(), 'random-contexts') },
    again: { type: 'boolean', default: false },
    record: { type: 'string' },
    show: { type: 'string', default: '10' },
  },
});

const cases = Array.from({ length: Number(values.count) }, (_, i) => randomCase(Number(values.first) + i));
mkdirSync(values.folder, { recursive: true });
for (const one of cases) writeCase(one, folderOf(one));
const answersFile = path.join(values.folder, 'answers.json');
const answers = values.again
  ? (JSON.parse(readFileSync(answersFile, 'utf8')) as readonly Answer[])
  : await askBuildkit(values.address, cases.flatMap(questionsOf));
writeFileSync(answersFile, JSON.stringify(answers));
const byId = new Map(answers.map((answer) => [answer.id, answer]));

let shown = 0;
if (values.record === undefined) report();
else writeFileSync(values.record, cases.map((one) => `${JSON.stringify(recordOf(one))}\n`).join(''));

function folderOf({ id }: Case): string {
  return path.join(values.folder, String(id));
}

function questionsOf(one: Case): readonly Question[] {
  const folder = folderOf(one);
  return one.stages.map((target) => ({
    id: `${one.id}/${target}`,
    context: path.join(folder, 'ctx'),
    folder: path.join(folder, 'df'),
    dockerfile: 'Dockerfile',
    target,
    buildArgs: one.buildArgs,
  }));
}

/** A case with its answers, as the fixture of packages/build-context holds it. */
function recordOf(one: Case): unknown {
  const { id, files, text, ignore, buildArgs, stages } = one;
  const answered = stages.map((target) => {
    const answer = byId.get(`${id}/${target}`);
    return answer?.refused === undefined ? Object.fromEntries(realFiles(answer, heredocBytes)) : 'refused';
  });
  const dockerfile = text.replaceAll('x'.repeat(heredocBytes - 1), 'HEREDOC');
  return { id, files: Object.fromEntries(files), dockerfile, ...(ignore && { ignore }), buildArgs, answers: answered };
}

function report(): void {
  const differing = cases.filter((one) => tellDifferences(one));
  const counts = new Map<string, number>();
  for (const one of cases) for (const name of featuresOf(one)) counts.set(name, (counts.get(name) ?? 0) + 1);
  console.log(`contexts: ${cases.length}, stages built: ${answers.length}, refused by BuildKit: ${refused(answers)}`);
  console.log(
    `contexts that differ: ${differing.length} ${differing
      .slice(0, 30)
      .map(({ id }) => id)
      .join(' ')}`,
  );
  console.log([...counts].map(([name, count]) => `${String(count).padStart(6)}  ${name}`).join('\n'));
  for (const [name, change] of Object.entries(brokenMatchers)) {
    const caught = cases.filter((one) => differencesOf(one, change).length > 0).length;
    console.log(`broken matcher "${name}": differs in ${caught} contexts`);
  }
  process.exitCode = differing.length > 0 ? 1 : 0;
}

function refused(all: readonly Answer[]): number {
  return all.filter((answer) => answer.refused !== undefined).length;
}

function tellDifferences(one: Case): boolean {
  const found = differencesOf(one);
  if (found.length > 0 && shown++ < Number(values.show)) {
    const { files, text, ignore } = one;
    console.log(`--- ${one.id} (${folderOf(one)})`, files, `\n${text}---`, ignore, found.join('\n'));
  }
  return found.length > 0;
}

function differencesOf(one: Case, change?: ChangeIgnoreFile): readonly string[] {
  if (change && !one.ignore) return [];
  return one.stages.flatMap((target) => {
    const answer = byId.get(`${one.id}/${target}`);
    if (!answer) return [`${target}: no answer`];
    const said = askPlimsoll(folderOf(one), target, one.buildArgs, change);
    return differences(answer, said, heredocBytes).map((difference) => `${target}: ${difference}`);
  });
}
