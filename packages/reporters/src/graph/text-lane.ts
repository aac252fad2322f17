import { formatCount } from '@plimsoll/core';
import { artifactRows } from './text-artifact.ts';
import type { Row } from './text-artifact.ts';
import { groupsOf } from './view.ts';
import type { GraphView, Lane, Publication } from './view.ts';
import type { GraphNode } from './data.ts';
import { kindText, listed, placeText, short } from './words.ts';
import type { GraphTextOptions } from './words.ts';

const mostGroups = 100;

/** A lane: how it starts, what it may do, what it publishes and deploys. */
export function laneRows(lane: Lane, view: GraphView, shown: Set<string>, options: GraphTextOptions): readonly Row[] {
  const groups = groupsOf(view, lane);
  const own = groups.map((group) => group.filter(({ id }) => !shown.has(id))).filter((group) => group.length > 0);
  const again = groups.flatMap((group) => group.filter(({ id }) => shown.has(id)));
  for (const { id } of own.flat()) shown.add(id);
  const shownGroups = own.slice(0, mostGroups);
  const left = own.slice(mostGroups).flat().length;
  return [
    ...(lane.inCi ? identityRows(lane) : []),
    ...shownGroups.flatMap((group) => artifactRows(group, lane, view, options)),
    ...(left > 0
      ? [{ indent: 2, text: `and ${formatCount(left, 'artifact')} more: --format json lists all of them` }]
      : []),
    ...againRow(again),
    ...otherRows(lane, view, options),
  ];
}

/** A reusable workflow that two workflows call publishes the same in both. */
function againRow(again: readonly Publication[]): readonly Row[] {
  if (again.length === 0) return [];
  const texts = [...Map.groupBy(again, ({ artifact }) => artifact)].flatMap(([kind, some]) =>
    some.length < 3
      ? some.map(({ label }) => short(label))
      : formatCount(some.length, kindText(kind), kindText(kind, 2)),
  );
  return [{ indent: 2, text: `also publishes, as said above: ${listed(texts, texts.length)}` }];
}

function identityRows(lane: Lane): readonly Row[] {
  const { events, oidc, writes, logins, environments } = lane;
  const scopes = writes.filter((scope) => scope !== 'undeclared');
  const stored = logins.filter(({ form }) => form === 'static');
  const identity = [
    ...(oidc === 'yes' ? ['OIDC'] : []),
    ...logins.filter(({ form }) => form === 'keyless').map(({ provider }) => `${provider} without a key`),
    ...(scopes.length > 0 ? [`its token may write ${listed(scopes, 8)}`] : []),
    ...(writes.includes('undeclared') ? ['permissions not declared'] : []),
    ...(environments.length > 0
      ? [
          `environment ${listed(
            environments.map((name) => short(name, 40)),
            4,
          )}`,
        ]
      : []),
  ];
  const keys = stored.map(({ provider, secrets }) =>
    secrets.length === 0
      ? provider
      : `${listed(
          secrets.map((text) => short(text, 40)),
          2,
        )} for ${provider}`,
  );
  return [...labelled('on', events.map(eventText)), ...labelled('identity', identity), ...labelled('keys', keys)];
}

function labelled(label: string, items: readonly string[]): readonly Row[] {
  return items.length === 0 ? [] : [{ indent: 2, text: `${label.padEnd(9)} ${[...new Set(items)].join('; ')}` }];
}

function eventText({ event, branches, tags, types }: Lane['events'][number]): string {
  const filters = [
    ...(branches
      ? [
          `branches ${listed(
            branches.map((one) => short(one, 32)),
            4,
          )}`,
        ]
      : []),
    ...(tags
      ? [
          `tags ${listed(
            tags.map((one) => short(one, 32)),
            4,
          )}`,
        ]
      : []),
    ...(types
      ? [
          `types ${listed(
            types.map((one) => short(one, 32)),
            4,
          )}`,
        ]
      : []),
  ];
  return `${short(event, 40)}${filters.length > 0 ? ` (${filters.join(', ')})` : ''}`;
}

/** Deployments and verifications of what no publication is known for. */
function otherRows(lane: Lane, view: GraphView, options: GraphTextOptions): readonly Row[] {
  const alone = view.members(lane).filter((node) => view.to(node, 'deploys', 'verifies', 'scans').length === 0);
  return [
    ...['deployment', 'verification'].flatMap((kind) => {
      const nodes = alone.filter((node) => node.kind === kind);
      const verb = kind === 'deployment' ? 'deploys by' : 'verifies by';
      return nodes.length === 0
        ? []
        : [
            {
              indent: 2,
              text: `${verb} ${listed(
                nodes.map((node) => nodeText(node, lane, options)),
                4,
              )}`,
            },
          ];
    }),
  ];
}

function nodeText(node: GraphNode, lane: Lane, options: GraphTextOptions): string {
  const environment =
    node.kind === 'deployment' && node.environment !== undefined ? `, environment ${short(node.environment, 40)}` : '';
  return `${short(node.label)} (${placeText(node.place, lane, options)}${environment})`;
}
