import { stringsOf, valueAt } from '@plimsoll/documents';
import type { Workflow } from '@plimsoll/documents';
import type { Documents } from '../model.ts';

/** The workflows of the repository whose runs a `workflow_run` waits for. */
export function awaitedWorkflows({ root }: Workflow, documents: Documents): readonly Workflow[] {
  const node = valueAt(root, 'on', 'workflow_run', 'workflows');
  const names = node ? stringsOf(node) : [];
  return [...documents.workflows.values()].filter((workflow) => {
    const own = workflow.name ?? workflow.file.path;
    return names.some((name) => name === own || (name.includes('*') && matches(name, own)));
  });
}

/** `*` stands for any characters, as in the filters of branches. */
function matches(pattern: string, name: string): boolean {
  const [first = '', ...rest] = pattern.split(/\*+/);
  if (!name.startsWith(first)) return false;
  let at = first.length;
  for (const [index, part] of rest.entries()) {
    const found = index === rest.length - 1 ? name.lastIndexOf(part) : name.indexOf(part, at);
    if (found < at) return false;
    at = found + part.length;
  }
  return at === name.length;
}
