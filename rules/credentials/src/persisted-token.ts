import { defineRule } from '@plimsoll/core';

export const persistedToken = defineRule({
  id: 'credentials/persisted-token',
  summary: 'A checkout keeps its token, and what follows takes the folder that holds it along.',
  why: 'Before version 6, actions/checkout writes the token into `.git/config`. Whoever gets the image layer or the artifact gets the token too, while the job still runs.',
  limits:
    'Images are told where their context and Dockerfile are known, and they leave the job. That a checkout keeps its token though nothing takes it along is an info, in the preset strict only; not in a job that pushes with git.',
  since: '0.1.0',
  severity: 'warning',
  presets: ['recommended', 'strict'],
  references: ['actions/checkout README: persist-credentials', 'ArtiPACKED (Palo Alto Networks Unit 42, 2024)'],
  visits: 'keptToken',
  options: {
    everywhere: {
      description: 'Report each checkout that keeps its token, also where nothing takes it along.',
      default: false,
      strict: true,
    },
  },
  examples: {
    bad: [
      {
        '.github/workflows/build.yml':
          'on: push\npermissions: {}\njobs:\n  bundle:\n    runs-on: ubuntu-24.04\n    steps:\n      - uses: «actions/checkout@v5»\n      - uses: actions/upload-artifact@v4\n        with:\n          name: workspace\n          path: .\n          include-hidden-files: true\n',
      },
      {
        '.github/workflows/image.yml':
          'on: push\npermissions: { packages: write }\njobs:\n  image:\n    runs-on: ubuntu-24.04\n    steps:\n      - uses: «actions/checkout@v5»\n      - uses: docker/build-push-action@v7\n        with:\n          context: .\n          push: true\n          tags: ghcr.io/acme/app:v1\n',
        Dockerfile: 'FROM scratch\nCOPY . /app\n',
        '.git': '',
      },
    ],
    good: [
      {
        '.github/workflows/build.yml':
          'on: push\npermissions: {}\njobs:\n  bundle:\n    runs-on: ubuntu-24.04\n    steps:\n      - uses: actions/checkout@v5\n        with:\n          persist-credentials: false\n      - uses: actions/upload-artifact@v4\n        with:\n          name: workspace\n          path: .\n          include-hidden-files: true\n',
      },
    ],
  },
  check({ range, token, keptIn, pushes, leaks }, report, { everywhere }) {
    if (pushes) return;
    const [leak] = leaks.toSorted((a, b) => Number(b.certain) - Number(a.certain));
    if (!leak && !everywhere) return;
    const place = {
      folder: '.git/config',
      runner: "the runner's temporary folder",
      unknown: '.git/config (before version 6)',
    }[keptIn];
    report({
      at: range,
      severity: leak ? (leak.certain ? 'error' : 'warning') : 'info',
      message: `${token} is kept in ${place}${leak ? `, and ${leak.certain ? 'goes' : 'may go'} into ${GOES[leak.into]}` : ', where every later step of the job can read it'}`,
      help:
        leak?.into === 'image'
          ? 'Write "persist-credentials: false" below "with:", and leave .git out of the image by its ignore file'
          : 'Write "persist-credentials: false" below "with:"',
      related: leaks.flatMap(({ places }) => places),
    });
  },
});

const GOES = { image: 'a layer of the image', artifact: 'an artifact', cache: 'a cache' } as const;
