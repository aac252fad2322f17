import { defineRule } from '@plimsoll/core';

export const keptFromMount = defineRule({
  id: 'secrets/kept-from-mount',
  summary: 'The content of a secret mount is written into the image.',
  why: 'A secret mount leaves nothing behind unless a command copies it: then it stands in a layer, for whoever can pull the image.',
  limits:
    'What a program that is not known does with a secret is not guessed. A file that the same RUN deletes is in no layer.',
  since: '0.1.0',
  severity: 'error',
  presets: ['recommended', 'strict'],
  references: ['Docker: Build secrets', 'BuildKit: Dockerfile reference, RUN --mount=type=secret'],
  visits: 'secretLeak',
  examples: {
    bad: [
      {
        Dockerfile: 'FROM scratch\nRUN --mount=type=secret,id=npmrc «cp /run/secrets/npmrc /root/.npmrc»\nRUN npm ci\n',
      },
      {
        Dockerfile:
          'FROM scratch\nRUN --mount=type=secret,id=npm,env=TOKEN \\\n    «npm config set //npm.example.com/:_authToken="$TOKEN"» && \\\n    npm ci\n',
      },
    ],
    good: [
      { Dockerfile: 'FROM scratch\nRUN --mount=type=secret,id=npmrc,target=/root/.npmrc npm ci\n' },
      {
        Dockerfile:
          'FROM scratch\nRUN --mount=type=secret,id=npmrc \\\n    cp /run/secrets/npmrc .npmrc && npm ci && rm .npmrc\n',
      },
    ],
  },
  check({ sink, source, range, name, onward, path }, report) {
    if (sink !== 'layer' || source.kind !== 'mount') return;
    report({
      at: range,
      message: `The content of ${source.text} is written to ${name}, where a layer of the image keeps it`,
      help: `Mount it where it is read, with target=${name} or env=, or delete the file in the same RUN`,
      related: [...path, ...onward],
      flow: [...path, { at: range, label: 'it is written here' }, ...onward],
    });
  },
});
