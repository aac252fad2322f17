import { defineRule, formatBytes, formatCount, formatList } from '@plimsoll/core';
import type { Report, Units } from '@plimsoll/core';

export const contractBreach = defineRule({
  id: 'packaging/contract-breach',
  summary: 'What ships breaks the packaging contract of the image.',
  why: 'The contract is what was agreed on: which files of the repository may, must and must not get into the image, and how much of them. A change that breaks it either carries something by mistake, or is a decision that belongs into the contract, where it is reviewed.',
  limits:
    'It judges the files that come from the repository. What a RUN makes, a base image holds, or an archive brings is neither counted nor required. The terms at the top of a contract do not hold for stages that are named for tests or development and pushed nowhere; terms under `targets` do.',
  since: '0.1.0',
  severity: 'error',
  presets: ['recommended', 'strict'],
  references: ['Docker: Building best practices, "Exclude with .dockerignore"'],
  visits: 'contractBreach',
  examples: {
    bad: [
      {
        Dockerfile: 'FROM scratch\nCOPY «src» /app/\n',
        'plimsoll.contract.yaml': 'allow: [app/main.js]\n',
        'src/main.js': 'run();\n',
        'src/main.test.js': 'test();\n',
      },
      {
        Dockerfile: 'FROM scratch\nCOPY src /app/\n',
        'plimsoll.contract.yaml': "require: [«app/licence.txt»]\nforbid: ['**/*.map']\nmaxFiles: «1»\n",
        'src/main.js': 'run();\n',
        'src/util.js': 'help();\n',
      },
      {
        Dockerfile: 'FROM scratch AS web\nCOPY src /app/\n',
        'plimsoll.contract.yaml': 'allow: [app]\ntargets:\n  «wbe»:\n    maxFiles: 10\n',
        'src/main.js': 'run();\n',
      },
    ],
    good: [
      {
        Dockerfile: 'FROM scratch\nCOPY src /app/\n',
        'plimsoll.contract.yaml':
          "allow: [/app/**]\nrequire: [/app/main.js]\nforbid: ['**/*.map']\nmaxFiles: 20\nmaxBytes: 5000000\n",
        'src/main.js': 'run();\n',
      },
    ],
  },
  check(breach, report) {
    report(reportOf(breach));
  },
});

type Breach = Units['contractBreach'];

function reportOf(breach: Breach): Report {
  switch (breach.kind) {
    case 'not allowed':
    case 'forbidden':
      return unwanted(breach);
    case 'missing':
      return missing(breach);
    case 'too many files':
    case 'too many bytes':
      return tooMuch(breach);
    case 'no such target':
      return {
        at: breach.range,
        message: `The contract has terms for the target "${breach.target}", which the Dockerfile does not have: they hold for nothing`,
        help: `Its stages are ${formatList(breach.stages, 8)}`,
      };
    case 'binds nothing':
      return {
        at: breach.range,
        severity: 'warning',
        message: `This contract holds for no image: ${breach.reason}`,
        help: 'It stands beside its Dockerfile: plimsoll.contract.yaml for Dockerfile, plimsoll.web.contract.yaml for Dockerfile.web and web.Dockerfile',
      };
  }
}

function unwanted({
  kind,
  copy,
  files,
  patterns,
  contract,
  context: { build },
}: Extract<Breach, { copy: unknown }>): Report {
  const paths = formatList(
    files.map(({ path }) => path),
    3,
  );
  return {
    at: copy.source.range,
    message: `${copy.instruction.name} ${copy.source.raw} brings ${formatCount(files.length, 'file')} that the contract ${kind === 'forbidden' ? 'forbids' : 'does not allow'}: ${paths}`,
    help:
      kind === 'forbidden'
        ? `Leave ${files.length === 1 ? 'it' : 'them'} out with the ignore file or a narrower ${copy.instruction.name}`
        : `Leave ${files.length === 1 ? 'it' : 'them'} out with the ignore file or a narrower ${copy.instruction.name}, or add what is meant to ship to "allow" in ${contract.file.path}`,
    related: [
      { at: patterns.range, label: `what the contract ${kind === 'forbidden' ? 'forbids' : 'allows'}` },
      ...(build.contextRange ? [{ at: build.contextRange, label: 'the build that sets this context' }] : []),
    ],
  };
}

function missing({ pattern, context: { dockerfile }, target }: Extract<Breach, { pattern: unknown }>): Report {
  return {
    at: pattern.range,
    message: `The contract requires ${pattern.text}, and ${target === 'last stage' ? '' : `target "${target}" of `}${dockerfile.file.path} brings no file of the repository there`,
    help: 'Let the Dockerfile copy it and the ignore file pass it. What a RUN makes is not seen: require the source that it is made of',
    related: [{ at: dockerfile.file.range(0, 0), label: 'the Dockerfile' }],
  };
}

function tooMuch({ kind, limit, found, largest, contract }: Extract<Breach, { limit: unknown }>): Report {
  const written = (amount: number): string =>
    kind === 'too many files' ? formatCount(amount, 'file') : formatBytes(amount);
  return {
    at: limit.range,
    message: `The image carries ${written(found)} of the repository, and the contract allows ${written(limit.value)}`,
    help: `Copy less, or raise ${kind === 'too many files' ? 'maxFiles' : 'maxBytes'} in ${contract.file.path}`,
    related: largest ? [{ at: largest.source.range, label: 'brings the most of it' }] : [],
  };
}
