import { defineRule } from '@plimsoll/core';
import type { SwallowedFailure } from '@plimsoll/core';

export const failOpen = defineRule({
  id: 'lane/fail-open',
  summary: 'The lane goes on though a step that it relies on has failed.',
  why: 'A check whose failure changes nothing is none: what was not built, signed, verified or scanned is published and deployed all the same, and the run is green.',
  limits:
    'A scan that is told to report only is no gate. Where a later step asks how a step ended, or a job hands that on, it is not reported. A script file that never says "set -e" is not judged.',
  since: '0.1.0',
  severity: 'error',
  presets: ['recommended', 'strict'],
  references: ['GitHub: Workflow syntax, continue-on-error and shell', 'SLSA: generator, continue-on-error'],
  visits: 'swallowedFailure',
  examples: {
    bad: [
      {
        '.github/workflows/release.yml':
          'on: push\njobs:\n  image:\n    runs-on: ubuntu-24.04\n    steps:\n      - run: cosign verify --key cosign.pub ghcr.io/acme/base@sha256:4f3b || «true»\n      - uses: aquasecurity/trivy-action@v0.31.0\n        continue-on-error: «true»\n        with: { image-ref: api, exit-code: 1 }\n      - run: «docker push ghcr.io/acme/api:1.0.0» | tee push.log\n',
      },
      {
        '.github/workflows/release.yml':
          'on: push\njobs:\n  verify:\n    runs-on: ubuntu-24.04\n    steps:\n      - run: gh attestation verify oci://ghcr.io/acme/api@sha256:4f3b -R acme/api\n  deploy:\n    needs: verify\n    if: «always()»\n    runs-on: ubuntu-24.04\n    steps:\n      - run: kubectl set image deployment/api api=ghcr.io/acme/api@sha256:4f3b\n',
      },
    ],
    good: [
      {
        '.github/workflows/release.yml':
          "on: push\njobs:\n  verify:\n    runs-on: ubuntu-24.04\n    steps:\n      - shell: bash\n        run: gh attestation verify oci://ghcr.io/acme/api@sha256:4f3b -R acme/api | tee verify.log\n      - if: always()\n        continue-on-error: true\n        run: docker logout ghcr.io || true\n  deploy:\n    needs: verify\n    if: ${{ !cancelled() && needs.verify.result == 'success' }}\n    runs-on: ubuntu-24.04\n    steps:\n      - run: kubectl set image deployment/api api=ghcr.io/acme/api@sha256:4f3b\n",
      },
    ],
  },
  check(failure, report) {
    const { at, range, despite, origin } = failure;
    const elsewhere = range.file !== at.file || range.start !== at.start;
    report({
      at,
      message: messageOf(failure),
      help: helpFor(failure),
      related: [
        ...despite,
        ...(elsewhere && despite.every((one) => one.at.start !== range.start)
          ? [{ at: range, label: despite.length > 0 ? `${failure.how} runs all the same` : `${failure.how}` }]
          : []),
        ...origin.callers.slice(-1).map((call) => ({ at: call.at, label: 'it is called from here' })),
      ],
    });
  },
});

const GOES_ON: Readonly<Record<SwallowedFailure['does'], string>> = {
  build: 'what it did not build goes out all the same',
  push: 'a push that failed looks like one that did not',
  publish: 'a publication that failed looks like one that did not',
  sign: 'what is not signed goes out all the same',
  attest: 'what is not attested goes out all the same',
  verify: 'what did not pass goes on all the same',
  scan: 'what did not pass goes on all the same',
  deploy: 'a deployment that failed looks like one that did not',
  release: 'a release that failed looks like one that did not',
};

function messageOf({ by, of, how, does, despite, origin }: SwallowedFailure): string {
  switch (by) {
    case 'condition':
      return of === 'job'
        ? `The job ${origin.job?.id ?? ''} runs ${how} even when ${despite.length > 1 ? 'jobs' : 'a job'} before it failed`
        : `${how} runs even when a step before it failed`;
    case 'continue-on-error':
      return of === 'job'
        ? `The failure of ${how} is passed over: the jobs that need ${origin.job?.id ?? 'this one'} read success`
        : `The failure of ${how} is passed over: ${GOES_ON[does]}`;
    case 'input':
      return `The failure of ${how} is passed over: the jobs that need ${origin.job?.id ?? 'it'} read success`;
    case 'branch':
    case 'fallback':
      return `The failure of ${how} is passed over: ${GOES_ON[does]}`;
    case 'errexit':
      return `With errexit off the failure of ${how} is passed over: ${GOES_ON[does]}`;
    case 'pipe':
      return `The failure of ${how} is lost in the pipe: without pipefail the last command alone decides`;
    case 'substitution':
      return `The failure of ${how} is lost in $(…): the command around it decides`;
  }
}

function helpFor({ by, of, at, despite, origin }: SwallowedFailure): string {
  switch (by) {
    case 'condition':
      return of === 'job'
        ? `Leave the condition out, or ask for the results: if: \${{ !cancelled() && ${needsOf(origin)
            .map((id) => `needs.${id}.result == 'success'`)
            .join(' && ')} }}`
        : despite.length > 0
          ? "Leave the condition out, or ask how that step ended: if: ${{ !cancelled() && steps.<id>.outcome == 'success' }}"
          : 'Leave the condition out';
    case 'continue-on-error':
      return of === 'job'
        ? 'Leave continue-on-error out'
        : 'Leave continue-on-error out, or let a later step fail on steps.<id>.outcome';
    case 'input':
      return 'Leave continue-on-error out, or ask for the output outcome of that job';
    case 'branch':
      return 'Let that branch end with exit 1';
    case 'fallback':
      return 'Leave out what stands behind ||, or let it end with exit 1';
    case 'errexit':
      return 'Leave "set +e" out, or ask for $? behind the command';
    case 'pipe':
      return origin.step?.range.file === at.file
        ? 'Write "shell: bash" for the step, or "set -o pipefail" at the start of the script'
        : 'Write "set -o pipefail" at the start of the script';
    case 'substitution':
      return 'Assign it first, in a line of its own: RESULT=$(…)';
  }
}

function needsOf({ job }: SwallowedFailure['origin']): readonly string[] {
  return job ? job.needs.map(({ value }) => value) : [];
}
