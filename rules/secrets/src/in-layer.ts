import { defineRule, sentence } from '@plimsoll/core';

export const inLayer = defineRule({
  id: 'secrets/in-layer',
  summary: 'A credential is written into a layer of an image.',
  why: 'A layer keeps what its instruction wrote, also when a later one deletes it: whoever can pull the image can unpack the layer.',
  limits:
    'Followed are variables, pipes, here-documents, files and the settings of known tools; what another program does with a credential is not guessed. A stage that does not ship, and from which the file is not copied, leaves no layer. The content of a secret mount is the matter of secrets/kept-from-mount.',
  since: '0.1.0',
  severity: 'error',
  presets: ['recommended', 'strict'],
  references: ['Docker: Build secrets', 'CWE-538: Insertion of sensitive information into externally-accessible file'],
  visits: 'secretLeak',
  examples: {
    bad: [
      {
        Dockerfile:
          'FROM scratch\nARG NPM_TOKEN\nRUN «echo "//npm.example.com/:_authToken=${NPM_TOKEN}" > .npmrc»\nRUN npm ci && rm .npmrc\n',
      },
      { Dockerfile: 'FROM scratch\nWORKDIR /app\nCOPY «.npmrc» ./\nRUN npm ci\nRUN rm .npmrc\n' },
    ],
    good: [
      { Dockerfile: 'FROM scratch\nRUN --mount=type=secret,id=npmrc,target=/root/.npmrc npm ci\n' },
      {
        Dockerfile:
          'FROM scratch\nARG NPM_TOKEN\nRUN echo "//npm.example.com/:_authToken=${NPM_TOKEN}" > .npmrc && npm ci && rm .npmrc\n',
      },
    ],
  },
  check({ sink, source, range, name, onward, path, deletedAt }, report) {
    if (sink !== 'layer' || source.kind === 'mount') return;
    const what = source.kind === 'file' ? `${source.text} is copied` : `${sentence(source.text)} is written`;
    const after = deletedAt ? 'which still holds it after the file is deleted' : 'for everyone who can pull the image';
    report({
      at: range,
      message: `${what} to ${name} in a layer of the image, ${after}`,
      help:
        source.kind === 'file'
          ? `Use RUN --mount=type=secret,id=${idOf(source.text)},target=${name} where the file is needed, build with --secret id=${idOf(source.text)},src=${source.text}, and replace the credential where the image was published`
          : `Hand the value over with RUN --mount=type=secret in the RUN that needs it, and mount a file that a tool reads at its place (target=${name}); replace the credential where the image was published`,
      related: [...path, ...onward],
      flow: [...path, { at: range, label: 'it is written here' }, ...onward],
    });
  },
});

function idOf(file: string): string {
  return file.slice(file.lastIndexOf('/') + 1).replace(/^\./, '');
}
