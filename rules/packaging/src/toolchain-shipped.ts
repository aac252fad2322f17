import { defineRule, formatCount, formatList } from '@plimsoll/core';

export const toolchainShipped = defineRule({
  id: 'packaging/toolchain-shipped',
  summary: 'Sources and build tools stay in the image that ships.',
  why: 'They make the image many times larger, bring their own vulnerabilities, and give whoever gets in a compiler and the source to work with. A second stage that copies the results alone leaves them behind.',
  limits:
    'Judged are build commands in the stages that become the image, and files of the context with the endings of source code. Where the sources are removed with `rm -r`, it stays quiet.',
  since: '0.1.0',
  severity: 'warning',
  presets: ['strict'],
  references: ['Docker: Multi-stage builds'],
  visits: 'shippedImage',
  examples: {
    bad: [
      {
        Dockerfile: 'FROM «golang:1.25»\nWORKDIR /src\nCOPY main.go ./\nRUN go build -o /app .\nCMD ["/app"]\n',
        'main.go': 'package main\n',
      },
    ],
    good: [
      {
        Dockerfile:
          'FROM golang:1.25 AS build\nWORKDIR /src\nCOPY main.go ./\nRUN go build -o /app .\n\nFROM scratch\nCOPY --from=build /app /app\nCMD ["/app"]\n',
        'main.go': 'package main\n',
      },
    ],
  },
  check({ stage, toolchain, dockerfile }, report) {
    const shipped = toolchain();
    if (!shipped) return;
    const { tools, sources } = shipped;
    report({
      at: stage.from.image.range,
      message: `The image of ${dockerfile.file.path} ships what it is built with: ${formatList([...new Set(tools.map(({ text }) => text))], 3)}, together with ${formatCount(sources.length, 'source file')} such as ${sources[0]?.source ?? ''}`,
      help: 'Name this stage (FROM … AS build), and end with a second FROM of a small image into which COPY --from=build brings the results',
      related: tools
        .slice(0, 3)
        .map(({ text, command }) => ({ at: command.range, label: `${text} runs in the stage that ships` })),
    });
  },
});
