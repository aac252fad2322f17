import { defineRule } from '@plimsoll/core';

export const addForCopy = defineRule({
  id: 'packaging/add-for-copy',
  summary: 'ADD is used where COPY does the same.',
  why: 'ADD fetches URLs and unpacks archives. Where neither is meant, a source that becomes an archive one day is unpacked without a word.',
  limits:
    'An ADD whose source is a variable that is not known, or is named like an archive, is not judged. In the recommended preset it tells of each Dockerfile once, at the first such ADD.',
  since: '0.1.0',
  severity: 'warning',
  presets: ['recommended', 'strict'],
  references: ['hadolint: DL3020', 'CIS Docker Benchmark 4.9', 'Docker: Building best practices, "ADD or COPY"'],
  visits: 'add',
  options: {
    each: { description: 'Report each ADD, not one for each Dockerfile.', default: false, strict: true },
  },
  examples: {
    bad: [{ Dockerfile: 'FROM scratch\n«ADD» nginx.conf /etc/nginx/\n', 'nginx.conf': 'events {}\n' }],
    good: [
      { Dockerfile: 'FROM scratch\nCOPY nginx.conf /etc/nginx/\n', 'nginx.conf': 'events {}\n' },
      { Dockerfile: 'FROM scratch\nADD rootfs.tar.gz /\n', 'rootfs.tar.gz': '' },
    ],
  },
  check({ instruction, plain }, report, { each }) {
    if (!plain) return;
    const sources = instruction.sources.map(({ raw }) => raw).join(' ');
    report({
      at: instruction.nameRange,
      message: `ADD ${sources} only copies from the context, which COPY does too: ADD also fetches URLs and unpacks archives, should a source become one`,
      help: `Write ${['COPY', ...instruction.flags.map(({ name, value }) => `--${name}${value === undefined ? '' : `=${value}`}`), sources, instruction.destination.raw].join(' ')}`,
      ...(!each && { same: 'ADD' }),
    });
  },
});
