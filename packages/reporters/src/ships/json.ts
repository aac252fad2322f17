import type { Remark, StageContents, StageFile } from '@plimsoll/core';
import { escapeActing } from '../visible.ts';
import type { ShipsInput } from './input.ts';
import { byLine, lineOf } from './input.ts';

/**
 * What ships as JSON: one object for a Dockerfile that was named, else an array of them, each with where it is declared. It is
 * a public interface: `schema/ships.schema.json`.
 */
export function shipsJson(builds: readonly ShipsInput[], { single }: { readonly single: boolean }): string {
  const [first] = builds;
  if (single && first) return written(objectOf(first));
  const objects = builds.flatMap((build) =>
    build.declaredBy.map((range) => ({
      ...objectOf(build),
      target: build.target ?? null,
      declaredBy: { path: range.file.path, line: lineOf(range) },
    })),
  );
  return written(objects);
}

function objectOf({ subject: { dockerfile, folder, ignoreFile, contents }, refused }: ShipsInput): object {
  const { sent, ignored, stages } = contents;
  return {
    version: 1,
    dockerfile: dockerfile.file.path,
    context: folder === '' ? '.' : folder,
    ignoreFile: ignoreFile?.file.path ?? null,
    sent: { files: sent.files, bytes: sent.bytes },
    ignored: { files: ignored.files, bytes: ignored.bytes },
    stages: stages.map((stage) => stageOf(stage, refused)),
  };
}

function stageOf({ stage, inFinal, files, opaque, problems }: StageContents, refused: readonly Remark[]): object {
  return {
    index: stage.index,
    name: stage.name ?? null,
    inFinal,
    files: files.map(fileOf),
    opaque: opaque.map(({ range, message }) => ({ line: lineOf(range), reason: message })),
    problems: byLine([...refused, ...problems]).map(({ range, message }) => ({ line: lineOf(range), message })),
  };
}

function fileOf({ path, source, bytes, instruction, from }: StageFile): object {
  return { path, source, bytes, line: lineOf(instruction.range), from };
}

/** JSON with a line for each file, remark and count: there can be a hundred thousand of them. */
function written(value: unknown): string {
  return `${escapeActing(print(value, ''))}\n`;
}

function print(value: unknown, indent: string): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const isArray = Array.isArray(value);
  const entries = Object.entries(value as Record<string, unknown>);
  if (entries.length === 0) return isArray ? '[]' : '{}';
  const inner = `${indent}  `;
  if (isArray) return `[\n${entries.map(([, item]) => `${inner}${print(item, inner)}`).join(',\n')}\n${indent}]`;
  if (entries.every(([, item]) => typeof item !== 'object' || item === null)) return JSON.stringify(value);
  return `{\n${entries.map(([key, item]) => `${inner}${JSON.stringify(key)}: ${print(item, inner)}`).join(',\n')}\n${indent}}`;
}
