import { defineRule } from '@plimsoll/core';
import type { UnverifiedDownload } from '@plimsoll/core';

export const unverifiedDownload = defineRule({
  id: 'identity/unverified-download',
  summary: 'A program or an archive is downloaded and used with nothing that checks what came.',
  why: 'Whoever can change what the server sends today, or answer in its place, runs code in the build. Two builds of one commit differ without anyone having seen why.',
  limits:
    'It reads ADD, and curl and wget in the RUNs of Dockerfiles and in steps of workflows and local actions, where what comes is run, unpacked, installed or made executable in the same stage or job; scripts in files of their own are not followed. Any checksum or signature that is checked there counts, also one from the same server. Keys and lists of packages are not judged, nor what comes from the machine itself, nor a file of GitHub at a full commit. In the recommended preset, Dockerfiles for tests, examples and development are not judged, and what a file downloads several times is told once.',
  since: '0.1.0',
  severity: 'warning',
  presets: ['recommended', 'strict'],
  references: [
    'Dockerfile reference: ADD --checksum',
    'Scorecard: Pinned-Dependencies, downloadThenRun',
    'SLSA v1.1 Build L3: hermetic inputs',
  ],
  visits: 'unverifiedDownload',
  options: {
    everywhere: {
      description: 'Report each place, also in Dockerfiles for tests, examples and development.',
      default: false,
      strict: true,
    },
  },
  examples: {
    bad: [
      {
        Dockerfile:
          'FROM debian:12.8\nADD «https://github.com/krallin/tini/releases/download/v0.19.0/tini-amd64» /usr/local/bin/tini\nRUN «curl -fsSL https://astral.sh/uv/install.sh» | sh\n',
      },
      {
        '.github/workflows/ci.yml':
          'on: push\njobs:\n  lint:\n    runs-on: ubuntu-24.04\n    steps:\n      - run: |\n          «curl -fsSLO https://example.org/tool-1.2.tar.gz»\n          tar -xzf tool-1.2.tar.gz\n',
      },
    ],
    good: [
      {
        Dockerfile:
          'FROM debian:12.8\nADD --checksum=sha256:93dcc18adc78c65a028a84799ecf8ad40c936fdfc5f2a57b1acda5a8117fa82c https://github.com/krallin/tini/releases/download/v0.19.0/tini-amd64 /usr/local/bin/tini\n',
      },
      {
        Dockerfile:
          'FROM debian:12.8\nRUN curl -fsSLo /tmp/tool.tar.gz https://example.org/tool-1.2.tar.gz \\\n && echo "e53c9c45414433727462ae2613c8071d00d4ab96e338a2156d295e23c852e80c  /tmp/tool.tar.gz" | sha256sum -c - \\\n && tar -xzf /tmp/tool.tar.gz -C /usr/local/bin\n',
      },
    ],
  },
  check(download, report, { everywhere }) {
    const { aside, range, usedAt, url, use } = download;
    if (aside && !everywhere) return;
    report({
      at: range,
      ...wordsFor(download),
      ...(usedAt && { related: [usedAt] }),
      ...(!everywhere && url !== undefined && { same: `${use.kind} ${url}` }),
    });
  },
});

interface Words {
  readonly message: string;
  readonly help: string;
}

function wordsFor(download: UnverifiedDownload): Words {
  const { use, url } = download;
  const what = nameOf(url);
  switch (use.kind) {
    case 'added':
      return {
        message: `ADD takes ${what} with no checksum: the image holds whatever the server sends on the day of the build`,
        help: `Write ADD --checksum=sha256:<digest> ${url ?? '<url>'}`,
      };
    case 'cloned':
      return {
        message: `ADD takes ${what} at ${refOf(use)}: the image holds whatever that is on the day of the build`,
        help: `Name the full commit: ${(url ?? '<url>').split(/[#?]/, 1)[0] ?? ''}#<40 hex digits>`,
      };
    case 'run':
      return {
        message: `${what} is downloaded and run by ${use.by} with nothing that checks it: whoever can change it runs code here`,
        help: helpForCommand(download),
      };
    default:
      return {
        message: `${what} is downloaded and ${use.kind === 'executable' ? 'made executable' : use.kind} with nothing that checks what came`,
        help: helpForCommand(download),
      };
  }
}

function refOf({ ref, short }: Extract<UnverifiedDownload['use'], { kind: 'cloned' }>): string {
  if (ref === undefined) return 'the head of its default branch';
  return short ? `the abbreviated commit "${ref}", which others can come to match` : `"${ref}", which can be moved`;
}

/** The last part of a URL, with its host where that is known, and never the user and password before it. */
function nameOf(url: string | undefined): string {
  if (url === undefined) return 'What comes';
  const [, host, path] = /^(?:\w+:\/\/)?(?:[^/?#@]*@)?([^/?#@]+)([^?#]*)/.exec(url) ?? [];
  const file = path?.split('/').findLast((part) => part !== '');
  if (host === undefined || host.includes('$')) return file ?? url;
  return file === undefined ? `What ${host} sends` : `${file} of ${host}`;
}

function helpForCommand({ site, url }: UnverifiedDownload): string {
  const check = 'echo "<sha256>  <file>" | sha256sum --check';
  const save = `Save it to a file and check it before it is used: ${check}`;
  return site === 'RUN' && url !== undefined && !url.includes('$(')
    ? `${save}; or let the builder do so: ADD --checksum=sha256:<digest> ${url}`
    : save;
}
