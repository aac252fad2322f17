import type { Command } from '@plimsoll/documents';
import type { ToolCall } from './model.ts';

export type * from './model.ts';

/** What a shell command does for a release; undefined where no table knows it. */
export function recogniseCommand(_command: Command): ToolCall | undefined {
  return undefined;
}
