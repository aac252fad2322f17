import type { Dockerfile, Stage } from '@plimsoll/documents';

/** The name under which a target is recorded: its stage's name; of a stage with none its index, or that it is the last. */
export function targetName({ stages }: Dockerfile, stage: Stage): string {
  return stage.name ?? (stage.index === stages.length - 1 ? 'last stage' : String(stage.index));
}

/** The stage that is recorded under a name, or that `--target` names. */
export function stageNamed({ stages }: Dockerfile, name: string): Stage | undefined {
  const wanted = name.toLowerCase();
  return (
    stages.findLast((stage) => stage.name === wanted) ??
    (wanted === 'last stage' ? stages.at(-1) : stages.find(({ index }) => String(index) === wanted))
  );
}
