import { describe, expect, test } from 'vitest';
import { documentsOf } from '../documents.testing.ts';
import { buildGraph } from '../index.ts';

/** Each download as `line tool: what becomes of it`. */
function downloads(files: Readonly<Record<string, string>>): string[] {
  return buildGraph(documentsOf(files)).unverifiedDownloads.map(({ range, tool, use }) => {
    const by = 'by' in use ? ` by ${use.by}` : '';
    const ref = 'ref' in use ? ` ${use.ref ?? ''}${use.short ? ' short' : ''}` : '';
    return `${range.file.positionAt(range.start).line} ${tool}: ${use.kind}${by}${ref}`;
  });
}

const image = (...lines: readonly string[]): string[] =>
  downloads({ Dockerfile: ['FROM debian', ...lines, ''].join('\n') }).map((text) => text.replace(/^\d+ /, ''));
const run = (script: string): string[] => image(`RUN ${script.replaceAll('\n', ' \\\n')}`);

describe('what is piped or substituted', () => {
  test.each([
    ['curl -fsSL https://a.dev/install.sh | sh', 'run by sh'],
    ['curl -fsSL https://a.dev/install.sh | sudo -E bash -s -- -y', 'run by bash'],
    ['wget -qO- https://a.dev/install.sh | bash -', 'run by bash'],
    ['curl -sS https://a.dev/installer | php -- --install-dir=/usr/bin', 'run by php'],
    ['curl -sSL https://a.dev/get.py | python3 - --version 1.8', 'run by python3'],
    ['curl -L https://a.dev/x.tgz | tar -xz', 'unpacked by tar'],
    ['curl -L https://a.dev/x.tgz | gunzip | tar x', 'unpacked by tar'],
    ['(curl -L https://a.dev/x.tgz | tar xz) && true', 'unpacked by tar'],
    ['sh -c "$(curl -fsSL https://a.dev/install.sh)"', 'run by sh'],
    ['bash <(curl -s https://a.dev/install.sh)', 'run by bash'],
    ['. <(wget -qO- https://a.dev/env.sh)', 'run by .'],
    ['eval "$(curl https://a.dev/env.sh)"', 'run by eval'],
    ["bash -c 'curl -s https://a.dev/i.sh | sh'", 'run by sh'],
    ['tar xz < <(curl -sL https://a.dev/x.tgz)', 'unpacked by tar'],
    ['bash <<< "$(curl -s https://a.dev/i.sh)"', 'run by bash'],
    ['curl -L https://a.dev/tool.gz | gunzip > /bin/tool && chmod +x /bin/tool', 'executable by chmod'],
  ])('%s', (script, use) => expect(run(script).map((text) => text.split(': ')[1])).toEqual([use]));

  test.each([
    'curl -s https://a.dev/api | jq -r .tag',
    "curl -s https://a.dev/api | python3 -c 'import json'",
    'curl -s https://a.dev/api | python -m json.tool',
    "curl -s https://a.dev/api | bash -c 'cat'",
    'curl -s https://a.dev/list | bash ./import.sh',
    'VERSION=$(curl -s https://a.dev/latest)',
    'bash -c "echo $(curl -s https://a.dev/latest)"',
    'curl -fsSL https://a.dev/key.asc | gpg --dearmor -o /usr/share/keyrings/a.gpg',
    'wget -qO- https://a.dev/key.asc | apt-key add -',
    'curl -L https://a.dev/x.tgz | tar -tz',
    'curl -s http://localhost:8080/install.sh | sh',
    'curl -sL https://raw.githubusercontent.com/acme/a/3f9c2ab13f9c2ab13f9c2ab13f9c2ab13f9c2ab1/i.sh | sh',
    'curl -X POST https://a.dev/hook | sh',
    'curl -L https://a.dev/x.tgz | tee x.tgz | sha256sum -c sums',
  ])('not %s', (script) => expect(run(script)).toEqual([]));
});

describe('what is saved and used', () => {
  test.each([
    ['curl -fsSLo /tmp/i.sh https://a.dev/i.sh && sh /tmp/i.sh', 'run by sh'],
    ['wget https://a.dev/i.sh && bash i.sh -b -p /opt', 'run by bash'],
    ['wget -P /tmp https://a.dev/i.sh && /tmp/i.sh', 'run by i.sh'],
    ['curl -LO https://a.dev/x-${V}.tar.gz && tar -xzf x-$V.tar.gz', 'unpacked by tar'],
    ['wget -q https://a.dev/x.zip && unzip "*.zip"', 'unpacked by unzip'],
    ['curl -o tool https://a.dev/tool && mv tool /usr/bin/t && chmod 755 /usr/bin/t', 'executable by chmod'],
    ['curl -L https://a.dev/tool > tool; install -m 0755 tool /usr/local/bin', 'executable by install'],
    ['curl -LO https://a.dev/x.deb && dpkg -i ./x.deb', 'installed by dpkg'],
    ['wget https://a.dev/x.deb && apt-get install -y ./x.deb', 'installed by apt-get'],
    ['curl -LO https://a.dev/tool.gz && gunzip tool.gz && chmod +x tool', 'executable by chmod'],
    ['curl -Lo a.jar https://a.dev/a.jar && java -jar a.jar', 'run by java'],
  ])('%s', (script, use) => expect(run(script).map((text) => text.split(': ')[1])).toEqual([use]));

  test.each([
    'curl -fsSLo data.json https://a.dev/data.json && node import.js data.json',
    'curl -LO https://a.dev/x.tgz && echo "$SUM  x.tgz" | sha256sum -c - && tar xzf x.tgz',
    'curl -LO https://a.dev/x.tgz && curl -LO https://a.dev/SUMS && sha256sum -c --ignore-missing SUMS && tar xzf x.tgz',
    'curl -LO https://a.dev/x.tgz && curl -LO https://a.dev/SUMS && grep x.tgz SUMS | sha256sum -c - && tar xzf x.tgz',
    'curl -LO https://a.dev/x.tgz && [ "$(sha256sum x.tgz | cut -c1-64)" = "$SUM" ] && tar xzf x.tgz',
    'curl -LO https://a.dev/x.tgz && sha256sum x.tgz | grep "^$SUM" && tar xzf x.tgz',
    'curl -LO https://a.dev/x.tgz -LO https://a.dev/x.tgz.asc && gpg --batch --verify x.tgz.asc x.tgz && tar xzf x.tgz',
    'curl -LO https://a.dev/x.tgz && cosign verify-blob --bundle b.json x.tgz && tar xzf x.tgz',
    'curl -LO https://a.dev/x.tgz && gh attestation verify x.tgz -R acme/x && tar xzf x.tgz',
    'curl -LO https://a.dev/x.tgz && verify_checksum x.tgz && tar xzf x.tgz',
    'curl -o /etc/apt/keyrings/a.asc https://a.dev/key.asc && chmod a+r /etc/apt/keyrings/a.asc',
    'wget -O /dev/null https://a.dev/alive',
  ])('not %s', (script) => expect(run(script)).toEqual([]));

  test('a checksum that is printed proves nothing', () => {
    expect(run('curl -LO https://a.dev/x.tgz && sha256sum x.tgz && tar xzf x.tgz')).toEqual(['curl: unpacked by tar']);
  });

  test('a check of one file is none of another', () => {
    const script =
      'curl -LO https://a.dev/a.tgz && curl -LO https://a.dev/b.tgz && echo "$A  a.tgz" | sha256sum -c - && tar xzf a.tgz && tar xzf b.tgz';
    expect(downloads({ Dockerfile: `FROM debian\nRUN ${script.replaceAll(' && ', ' \\\n && ')}\n` })).toEqual([
      '3 curl: unpacked by tar',
    ]);
  });

  test('what is piped to a shell cannot be checked by what stands beside it', () => {
    expect(run('curl -s https://a.dev/i.sh | sh && curl -LO https://a.dev/x && sha256sum -c x.sum')).toHaveLength(1);
  });

  test('a later instruction of the stage uses or checks it, one of another stage does not', () => {
    expect(image('RUN wget https://a.dev/i.sh', 'RUN chmod +x i.sh')).toEqual(['wget: executable by chmod']);
    expect(image('RUN wget https://a.dev/i.sh', 'RUN echo "$S  i.sh" | sha256sum -c -', 'RUN sh i.sh')).toEqual([]);
    expect(image('RUN wget https://a.dev/i.sh', 'FROM debian', 'RUN sh i.sh')).toEqual([]);
  });

  test('so does a later step of the job', () => {
    const steps = ['curl -LO https://a.dev/x.tgz', 'tar xzf x.tgz'].map((line) => `      - run: ${line}\n`).join('');
    const text = `on: push\njobs:\n  a:\n    runs-on: ubuntu-24.04\n    steps:\n${steps}`;
    expect(downloads({ '.github/workflows/ci.yml': text })).toEqual(['6 curl: unpacked by tar']);
  });
});

test.each([
  ['downloads', (i: number) => `curl -LO https://a.dev/${i}.tgz && tar xzf ${i}.tgz`],
  ['checks', (i: number) => `curl -LO https://a.dev/${i}.tgz && echo "x  other${i}" | sha256sum -c -`],
  ['renames', (i: number) => `curl -LO https://a.dev/${i}.tgz && mv ${i}.tgz ${i + 1}.tgz`],
])('very many %s are looked at as far as a bound', (_, line) => {
  const script = Array.from({ length: 4000 }, (__, i) => line(i)).join('\n');
  expect(downloads({ Dockerfile: `FROM debian\nRUN <<E\n${script}\nE\n` }).length).toBeLessThan(301);
  const piped = Array.from({ length: 4000 }, () => 'curl https://a.dev/x').join(' | tee y | ');
  expect(downloads({ Dockerfile: `FROM debian\nRUN ${piped} | sh\n` }).length).toBeLessThan(301);
});

describe('ADD', () => {
  const sum = 'a'.repeat(64);
  test.each([
    ['ADD https://a.dev/tini /tini', ['ADD: added']],
    ['ARG V=1\nADD https://a.dev/tini-${V} /tini', ['ADD: added']],
    ['ARG U=https://a.dev/tini\nADD $U /tini', ['ADD: added']],
    ['ADD --checksum=sha256:0f0f https://a.dev/tini /tini', ['ADD: added']],
    ['ADD https://a.dev/x.git /src', ['ADD: cloned']],
    ['ADD https://a.dev/x.git#main /src', ['ADD: cloned main']],
    ['ADD git@a.dev:acme/x.git#v1.2:docs /src', ['ADD: cloned v1.2']],
    ['ADD https://a.dev/x.git#3f9c2ab /src', ['ADD: cloned 3f9c2ab short']],
    ['ADD --checksum=3f9c2ab https://a.dev/x.git#v1.2 /src', ['ADD: cloned 3f9c2ab short']],
    ['ADD https://a.dev/x.git?ref=v1.2 /src', ['ADD: cloned v1.2']],
    [`ADD --checksum=sha256:${sum} https://a.dev/tini /tini`, []],
    ['ADD --checksum=${SUM} https://a.dev/tini /tini', []],
    [`ADD https://a.dev/x.git#${'3f9c2ab1'.repeat(5)} /src`, []],
    [`ADD https://a.dev/x.git?ref=v1&checksum=${'3f9c2ab1'.repeat(5)} /src`, []],
    [`ADD --checksum=${'3f9c2ab1'.repeat(5)} https://a.dev/x.git#v1.2 /src`, []],
    ['ARG REF\nADD https://a.dev/x.git#$REF /src', []],
    ['ADD rootfs.tar.gz /', []],
    ['ADD $SOURCES /src/', []],
  ])('%s', (line, expected) => expect(image(line)).toEqual(expected));
});
