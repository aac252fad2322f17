import type { Remark, StageContents, StageFile } from '@plimsoll/core';
import { visibleJson } from '../visible.ts';
import type { ShipsInput } from './input.ts';
import { lineOf } from './input.ts';

/**
 * What ships as JSON: one object for a Dockerfile that was named, else an array of them, each with where it is declared. It is
 * a public interface: `schema/ships.schema.json`.
 */
export function shipsJson(builds: readonly ShipsInput[], { single }: { readonly single: boolean }): string {
  const [first] = builds;
  if (single && first) return visibleJson(objectOf(first));
  const objects = builds.flatMap((build) =>
    build.declaredBy.map((range) => ({
      ...objectOf(build),
      target: build.target ?? null,
      declaredBy: { path: range.file.path, line: lineOf(range) },
    })),
  );
  return visibleJson(objects);
}

function objectOf({ subject: { dockerfile, folder, ignoreFile, contents } }: ShipsInput): object {
  const { sent, ignored, stages } = contents;
  return {
    version: 1,
    dockerfile: dockerfile.file.path,
    context: folder === '' ? '.' : folder,
    ignoreFile: ignoreFile?.file.path ?? null,
    sent: { files: sent.files, bytes: sent.bytes },
    ignored: { files: ignored.files, bytes: ignored.bytes },
    stages: stages.map(stageOf),
  };
}

function stageOf({ stage, inFinal, files, opaque, problems }: StageContents): object {
  return {
    index: stage.index,
    name: stage.name ?? null,
    inFinal,
    files: files.map(fileOf),
    opaque: opaque.map(({ range, message }) => ({ line: lineOf(range), reason: message })),
    problems: problems.map(({ range, message }: Remark) => ({ line: lineOf(range), message })),
  };
}

function fileOf({ path, source, bytes, instruction, from }: StageFile): object {
  return { path, source, bytes, line: lineOf(instruction.range), from };
}
