/** Told to `startProgress`'s `step`, and shown when the run takes long. */
export interface Progress {
  readonly step: (what: string) => void;
  readonly stop: () => void;
}

const PATIENCE_MS = 1000;

/** Shows on a terminal what is being done, once a run has taken a second; elsewhere nothing. */
export function startProgress(stream: NodeJS.WriteStream, now: () => number = () => performance.now()): Progress {
  const start = now();
  let shown = false;
  return {
    step(what) {
      if (!stream.isTTY || now() - start < PATIENCE_MS) return;
      stream.write(`\r\u001B[K${what} …`);
      shown = true;
    },
    stop() {
      if (shown) stream.write('\r\u001B[K');
    },
  };
}
