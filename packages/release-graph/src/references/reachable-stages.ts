import type { Dockerfile, Stage } from '@plimsoll/documents';

/** The stages that BuildKit builds for a target: those that it is FROM or copies from, directly or not. Undefined: the last stage. */
export function reachableStages(dockerfile: Dockerfile, target: string | undefined): ReadonlySet<Stage> {
  const { stages } = dockerfile;
  const reached = new Set<Stage>();
  const open: (Stage | undefined)[] = [target === undefined ? stages.at(-1) : stageNamed(stages, target)];
  for (let stage = open.pop(); open.length > 0 || stage; stage = open.pop()) {
    if (!stage || reached.has(stage)) continue;
    reached.add(stage);
    const earlier = stages.slice(0, stage.index);
    open.push(stage.parent, ...sourcesOf(stage).map((name) => stageNamed(earlier, name)));
  }
  return reached;
}

/** By its name, whatever its case, or by its index; the last of that name. */
export function stageNamed(stages: readonly Stage[], name: string): Stage | undefined {
  const byName = stages.findLast((stage) => stage.name === name.toLowerCase());
  return byName ?? (/^\d{1,5}$/.test(name) ? stages[Number(name)] : undefined);
}

/** What the stage names in `COPY --from` and `RUN --mount from=`. */
function sourcesOf({ instructions }: Stage): readonly string[] {
  return instructions.flatMap((instruction) => {
    if (instruction.type === 'copy') return instruction.from ? [instruction.from.raw] : [];
    if (instruction.type !== 'run') return [];
    return instruction.mounts.flatMap((mount) =>
      mount.options.flatMap(({ key, value }) => (key === 'from' && value !== undefined ? [value] : [])),
    );
  });
}
