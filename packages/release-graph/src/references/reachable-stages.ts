import type { Dockerfile, Stage } from '@plimsoll/documents';

/** The stages that BuildKit builds for a target: those that it is FROM or copies from, directly or not. Undefined: the last stage. */
export function reachableStages(dockerfile: Dockerfile, target: string | undefined): ReadonlySet<Stage> {
  const { stages } = dockerfile;
  const reached = new Set<Stage>();
  const open: (Stage | undefined)[] = [target === undefined ? stages.at(-1) : earlierStage(dockerfile, target)];
  for (let stage = open.pop(); open.length > 0 || stage; stage = open.pop()) {
    if (!stage || reached.has(stage)) continue;
    reached.add(stage);
    const { index } = stage;
    open.push(stage.parent, ...sourcesOf(stage).map((name) => earlierStage(dockerfile, name, index)));
  }
  return reached;
}

/** The stage before another that a name means: by its name, whatever its case, the last one of it; or by its index. */
export function earlierStage(dockerfile: Dockerfile, name: string, before = Infinity): Stage | undefined {
  const { stages } = dockerfile;
  const named = lastNamed(dockerfile, name.toLowerCase(), before);
  return named ?? (/^\d{1,5}$/.test(name) && Number(name) < before ? stages[Number(name)] : undefined);
}

/** The last stage of exactly this name before an index. */
export function lastNamed(dockerfile: Dockerfile, name: string, before: number): Stage | undefined {
  const known = byName.get(dockerfile) ?? Map.groupBy(dockerfile.stages, (stage) => stage.name);
  byName.set(dockerfile, known);
  return known.get(name)?.findLast(({ index }) => index < before);
}

const byName = new WeakMap<Dockerfile, ReadonlyMap<string | undefined, readonly Stage[]>>();

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
