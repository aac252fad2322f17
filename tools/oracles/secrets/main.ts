import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { gunzipSync } from 'node:zlib';
import { shapes, wholeOf } from './shapes.ts';
import type { Shape } from './shapes.ts';

const { values } = parseArgs({
  options: {
    address: { type: 'string', default: 'unix:///tmp/bk/bk.sock' },
    buildctl: { type: 'string', default: 'buildctl' },
    busybox: { type: 'string', default: '/bin/busybox' },
    record: { type: 'string' },
  },
});

/** Where the value is found in what BuildKit exports. */
interface Outcome {
  readonly layer: boolean;
  readonly history: boolean;
  readonly config: boolean;
  readonly provenance: boolean;
}

const marker = 'MARKER5f3a9c71e0';

const answers = shapes.map((shape) => {
  const outcome = build(shape);
  console.log(
    `${shape.name}: ${
      Object.entries(outcome)
        .flatMap(([where, found]) => (found ? [where] : []))
        .join(', ') || 'nothing'
    }`,
  );
  return { ...shape, dockerfile: wholeOf(shape), outcome };
});
if (values.record !== undefined) writeFileSync(values.record, `${JSON.stringify(answers, undefined, 1)}\n`);

function build(shape: Shape): Outcome {
  const folder = mkdtempSync(join(tmpdir(), 'secrets-'));
  try {
    const context = join(folder, 'context');
    mkdirSync(context);
    copyFileSync(values.busybox, join(context, 'busybox'));
    writeFileSync(join(context, 'Dockerfile'), wholeOf(shape));
    writeFileSync(join(folder, 'token'), marker);
    const image = join(folder, 'image.tar');
    execFileSync(values.buildctl, [...argumentsOf(shape, folder), '--output', `type=oci,dest=${image}`], {
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    const out = join(folder, 'image');
    mkdirSync(out);
    execFileSync('tar', ['-xf', image, '-C', out]);
    return search(out);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Secrets are no part of a cache key, so that nothing may come from the cache. */
function argumentsOf({ gives, target, provenance = 'max' }: Shape, folder: string): readonly string[] {
  const context = join(folder, 'context');
  return [
    ...['--addr', values.address, 'build', '--no-cache', '--progress', 'plain', '--frontend', 'dockerfile.v0'],
    ...['--local', `context=${context}`, '--local', `dockerfile=${context}`],
    ...(gives === 'build-arg'
      ? ['--opt', `build-arg:TOKEN=${marker}`]
      : ['--secret', `id=token,src=${join(folder, 'token')}`]),
    ...(target === undefined ? [] : ['--opt', `target=${target}`]),
    ...(provenance === 'none' ? [] : ['--opt', `attest:provenance=mode=${provenance}`]),
  ];
}

interface Descriptor {
  readonly digest: string;
  readonly mediaType: string;
  readonly annotations?: Readonly<Record<string, string>>;
}

interface Manifest {
  readonly manifests?: readonly Descriptor[];
  readonly config?: Descriptor;
  readonly layers?: readonly Descriptor[];
}

function search(folder: string): Outcome {
  const blob = ({ digest }: Descriptor): Buffer => readFileSync(join(folder, 'blobs', ...digest.split(':')));
  const manifest = (one: Descriptor): Manifest => JSON.parse(blob(one).toString()) as Manifest;
  const index = JSON.parse(readFileSync(join(folder, 'index.json')).toString()) as Manifest;
  const all = (index.manifests ?? []).flatMap((one) =>
    one.mediaType.includes('index') ? (manifest(one).manifests ?? []) : [one],
  );
  const isProof = ({ annotations }: Descriptor) =>
    annotations?.['vnd.docker.reference.type'] === 'attestation-manifest';
  const images = all.filter((one) => !isProof(one)).map(manifest);
  const proofs = all.filter(isProof).map(manifest);
  const configs = images.flatMap(({ config }) =>
    config ? [JSON.parse(blob(config).toString()) as Readonly<Record<string, unknown>>] : [],
  );
  const holds = (value: unknown) => JSON.stringify(value ?? null).includes(marker);
  return {
    layer: images.some(({ layers = [] }) => layers.some((one) => unpacked(blob(one)).includes(marker))),
    history: configs.some(({ history }) => holds(history)),
    config: configs.some(({ config }) => holds(config)),
    provenance: proofs.some(({ layers = [] }) => layers.some((one) => blob(one).includes(marker))),
  };
}

function unpacked(bytes: Buffer): Buffer {
  return bytes[0] === 0x1f && bytes[1] === 0x8b ? gunzipSync(bytes) : bytes;
}
