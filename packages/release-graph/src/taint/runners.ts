import { entryOf, firstLine, itemsOf, valueAt } from '@plimsoll/documents';
import type { YamlNode, YamlScalar } from '@plimsoll/documents';
import { evaluateTemplate, namesOfJob } from '../conditions/names.ts';
import { scenarioOf } from '../conditions/scenario.ts';
import type { Possible } from '../conditions/possible.ts';
import type { JobInstance, Lanes } from '../lanes/model.ts';
import { expandMatrix } from '../lanes/matrix.ts';
import { scopeOfJob } from '../lanes/scope.ts';
import type { Related } from '../model.ts';
import { reachesOf } from '../triggers/index.ts';
import type { Reach } from '../triggers/index.ts';
import { evaluateText } from '../values/expressions.ts';
import type { UntrustedRunner, UntrustedText } from './model.ts';
import { publishingJobs } from './publishing.ts';
import type { Released } from './publishing.ts';

/** The publishing jobs on machines that pull requests reach too, and the jobs whose machine a stranger names. Each place once. */
export function untrustedRunners(lanes: Lanes, released: Released): readonly UntrustedRunner[] {
  const found = new Map<string, UntrustedRunner>();
  const add = (one: UntrustedRunner): void => {
    const key = `${one.range.file.path}:${one.range.start}`;
    if (!found.has(key)) found.set(key, one);
  };
  for (const { job, publishes, feeds } of publishingJobs(lanes, released)) {
    const by = feeds ? undefined : sharedWith(job);
    if (by && job.job.runsOn)
      add({
        range: firstLine(job.job.runsOn.range),
        origin: job.origin,
        runner: textOf(job.job.runsOn),
        publishes,
        by,
      });
  }
  for (const job of lanes.jobs) {
    const text = namedBy(job);
    const { runsOn } = job.job;
    if (text && runsOn)
      add({ range: firstLine(runsOn.range), origin: job.origin, runner: textOf(runsOn), by: { kind: 'input', text } });
  }
  return [...found.values()];
}

/** Where a pull request gets at the machine of a publishing job: by the job itself, or by another of its workflow. */
function sharedWith(job: JobInstance): UntrustedRunner['by'] | undefined {
  if (!reachesOf(job).some((reach) => isSelfHosted(job, reach))) return undefined;
  for (const other of [job, ...job.instance.jobs.filter((one) => one !== job)]) {
    const way = reachesOf(other).find(
      (reach) => isPullRequest(reach.event) && reach.by === 'anyone' && isSelfHosted(other, reach),
    );
    if (!way) continue;
    const at: Related =
      other === job
        ? { at: way.trigger.range, label: `${way.event} starts it` }
        : { at: other.job.idRange, label: `${way.event} starts the job ${other.job.id} on such a machine` };
    return { kind: 'pull request', at };
  }
  return undefined;
}

function isPullRequest(event: string): boolean {
  return event.startsWith('pull_request');
}

/** Only the label `self-hosted` tells: other names may be those of GitHub's larger runners, or of a vendor's. */
function isSelfHosted(job: JobInstance, { event }: Reach): boolean {
  return labelsOf(job, event).some((label) => label.toLowerCase() === 'self-hosted');
}

function labelsOf(job: JobInstance, event: string): readonly string[] {
  const { runsOn } = job.job;
  const names = namesOfJob(job, scenarioOf(job.lanes, { event }));
  return scalarsIn(runsOn).flatMap((node) => [
    ...textsOf(evaluateTemplate(node.text, names)),
    ...listsOfMatrix(job, node.text.text).flatMap((label) => textsOf(evaluateTemplate(label.text, names))),
  ]);
}

/** `${{ matrix.on }}` where a value of the matrix is a list of labels. */
function listsOfMatrix({ job: { matrix } }: JobInstance, text: string): readonly YamlScalar[] {
  const [, path = ''] = /^\$\{\{\s*matrix\.([\w.-]+)\s*\}\}$/.exec(text.trim()) ?? [];
  if (!matrix || path === '') return [];
  const [axis = '', ...keys] = path.split('.');
  return expandMatrix(matrix).flatMap((leg) => {
    const node = valueAt(leg.get(axis), ...keys);
    return node?.type === 'sequence' ? scalarsIn(node) : [];
  });
}

function textsOf(value: Possible): readonly string[] {
  return value.flatMap((one) => {
    if ('known' in one) return String(one.known ?? '');
    return 'items' in one ? one.items.flatMap(textsOf) : [];
  });
}

/** `runs-on: x`, `[x, y]`, `{ labels: [x, y] }` */
function scalarsIn(node: YamlNode | undefined): readonly YamlScalar[] {
  if (!node) return [];
  if (node.type === 'scalar') return [node];
  if (node.type === 'sequence') return itemsOf(node).flatMap(scalarsIn);
  return scalarsIn(entryOf(node, 'labels')?.value);
}

function namedBy(job: JobInstance): UntrustedText | undefined {
  const { runsOn } = job.job;
  const nodes = [...scalarsIn(runsOn), ...(runsOn?.type === 'map' ? scalarsIn(entryOf(runsOn, 'group')?.value) : [])];
  const texts = nodes.flatMap((node) => evaluateText(node.text.text, scopeOfJob(job), node.text).untrusted ?? []);
  const reaches = reachesOf(job).filter(({ by }) => by === 'anyone');
  return texts.find(
    (text) => text.by === 'anyone' && reaches.some(({ event }) => text.events?.includes(event) ?? true),
  );
}

function textOf(node: YamlNode): string {
  return node.range.file.text.slice(node.range.start, firstLine(node.range).end).trim();
}
