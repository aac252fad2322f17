import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

export interface Question {
  readonly id: string;
  /** Absolute folders: the context, and where the Dockerfile is. */
  readonly context: string;
  readonly folder: string;
  readonly dockerfile: string;
  readonly target: string;
  readonly buildArgs: Readonly<Record<string, string>>;
}

export interface Answer {
  readonly id: string;
  /** Why BuildKit refused. */
  readonly refused?: string;
  readonly files: readonly { readonly path: string; readonly size: number; readonly link?: string }[] | null;
}

/** Asks the daemon at `address` all questions, through the Go program beside this file. */
export async function askBuildkit(address: string, questions: readonly Question[]): Promise<readonly Answer[]> {
  const go = spawn('go', ['run', '-buildvcs=false', '.', '-address', address], {
    cwd: import.meta.dirname,
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  go.stdin.end(questions.map((question) => `${JSON.stringify(question)}\n`).join(''));
  const answers: Answer[] = [];
  for await (const line of createInterface({ input: go.stdout })) answers.push(JSON.parse(line) as Answer);
  return answers;
}
