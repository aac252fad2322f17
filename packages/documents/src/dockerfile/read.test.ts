import { describe, expect, test } from 'vitest';
import { SourceFile, readDockerfile, textOf } from '../index.ts';
import type { CopyInstruction, FromInstruction, Instruction, Range } from '../index.ts';

function read(text: string) {
  const { document, problems } = readDockerfile(new SourceFile('Dockerfile', text));
  return { ...document, problems };
}

function place({ file, start, end }: Range): string {
  const from = file.positionAt(start);
  const to = file.positionAt(end);
  return `${from.line}:${from.column}-${to.line}:${to.column}`;
}

function only<T extends Instruction['type']>(instructions: readonly Instruction[], type: T) {
  const found = instructions.find((each) => each.type === type);
  expect(found).toBeDefined();
  return found as Extract<Instruction, { type: T }>;
}

describe('places are exact to the column', () => {
  test.each([
    ['LF', '\n', ''],
    ['CRLF', '\r\n', ''],
    ['CRLF and a byte order mark', '\r\n', '\uFEFF'],
  ])('%s', (_, end, mark) => {
    const lines = [
      '# syntax=docker/dockerfile:1',
      'FROM --platform="linux/amd64" node:22\tAS Büd',
      'COPY --from=Büd \\',
      ' # ü',
      '\té ./ü/',
    ];
    const { directives, instructions, comments, stages } = read(mark + lines.join(end));
    const from = only(instructions, 'from');
    const copy = only(instructions, 'copy');

    expect(directives.map(({ valueRange }) => place(valueRange))).toEqual(['1:10-1:29']);
    expect(comments.map(place)).toEqual(['4:2-4:5']);
    expect(place(from.range)).toBe('2:1-2:45');
    expect([from.platform, from.image, from.alias].map((word) => word && place(word.range))).toEqual([
      '2:18-2:29',
      '2:31-2:38',
      '2:42-2:45',
    ]);
    expect(copy.from && place(copy.from.range)).toBe('3:13-3:16');
    expect(place(copy.range)).toBe('3:1-5:8');
    expect([...copy.sources, copy.destination].map(({ range }) => [place(range), textOf(range)])).toEqual([
      ['5:2-5:3', 'é'],
      ['5:4-5:8', './ü/'],
    ]);
    expect(stages.map(({ name }) => name)).toEqual(['büd']);
  });

  test('a word over two lines', () => {
    const { instructions } = read('FROM a\nENV one=1 tw\\\no="a\\\n b" three=3');
    const { variables } = only(instructions, 'variables');
    expect(
      variables.map(({ name, nameRange, value }) => [name, place(nameRange), value?.raw, value && place(value.range)]),
    ).toEqual([
      ['one', '2:5-2:8', '1', '2:9-2:10'],
      ['two', '2:11-3:2', '"a b"', '3:3-4:4'],
      ['three', '4:5-4:10', '3', '4:11-4:12'],
    ]);
  });

  test('a JSON word stands between its quotes', () => {
    const { instructions } = read('FROM a\nCOPY ["a\\u0062", "/c d/"]\n');
    const { sources, destination, json } = only(instructions, 'copy');
    expect(json).toBe(true);
    expect([...sources, destination].map(({ raw, range }) => [raw, place(range)])).toEqual([
      ['ab', '2:8-2:15'],
      ['/c d/', '2:19-2:24'],
    ]);
  });

  test('an option of a mount, with quotes and over lines', () => {
    const { instructions } = read('FROM a\nRUN --mount=type=secret,id=npm,\\\nDST=/x --mount="type=bind,ro" b');
    const { mounts } = only(instructions, 'run');
    expect(mounts.map(({ type, range }) => [type, place(range)])).toEqual([
      ['secret', '2:5-3:7'],
      ['bind', '3:8-3:30'],
    ]);
    expect(
      mounts.flatMap(({ options }) =>
        options.map((each) => [each.key, each.value, place(each.range), place(each.valueRange)]),
      ),
    ).toEqual([
      ['type', 'secret', '2:13-2:24', '2:18-2:24'],
      ['id', 'npm', '2:25-2:31', '2:28-2:31'],
      ['target', '/x', '3:1-3:7', '3:5-3:7'],
      ['type', 'bind', '3:17-3:26', '3:22-3:26'],
      ['readonly', undefined, '3:27-3:29', '3:29-3:29'],
    ]);
  });
});

describe('what the shell gets', () => {
  function script(text: string) {
    return only(read(`FROM a\n${text}`).instructions, 'run').script;
  }

  test('the text without comments, blank lines and continuations, each character at its place', () => {
    const found = script('RUN --network=none a \\\n# c\n\n  && b');
    expect(found?.text).toBe('a   && b');
    expect(found && place(found.range(7, 8))).toBe('5:6-5:7');
  });

  test('the body of a lone heredoc', () => {
    const found = script('RUN <<-EOF\n\ta\n\t  b\n\tEOF\n');
    expect(found?.text).toBe('a\n  b\n');
    expect(found && place(found.range(4, 5))).toBe('4:4-4:5');
  });

  test('heredocs of a command, with their delimiters', () => {
    const found = script('RUN cat <<A <<-B > c\nd\nA\n\te\n\tB\nUSER f');
    expect(found?.text).toBe('cat <<A <<-B > c\nd\nA\n\te\nB');
    expect(found && place(found.range(22, 23))).toBe('5:2-5:3');
  });

  test('nothing in exec form', () => {
    const run = only(read('FROM a\nRUN ["b", "c d"]').instructions, 'run');
    expect(run.script).toBeUndefined();
    expect(run.json?.map(({ raw }) => raw)).toEqual(['b', 'c d']);
  });
});

test('stages know their parents: the last earlier one of that name, and none in other letters', () => {
  const { stages } = read('FROM a AS One\nFROM b AS one\nFROM "one"\nFROM One\nFROM two\nFROM c AS two\n');
  expect(stages.map(({ name, parent }) => [name, parent?.index])).toEqual([
    ['one', undefined],
    ['one', undefined],
    [undefined, 1],
    [undefined, undefined],
    [undefined, undefined],
    ['two', undefined],
  ]);
});

test('ONBUILD holds the instruction that it triggers', () => {
  const { instructions } = read('FROM a\nONBUILD COPY --chown=b . /c\n');
  const onbuild = only(instructions, 'words');
  const trigger = onbuild.trigger as CopyInstruction;
  expect([onbuild.name, trigger.name, trigger.onbuild, trigger.stage]).toEqual(['ONBUILD', 'COPY', true, 0]);
  expect([place(trigger.range), place(trigger.destination.range)]).toEqual(['2:9-2:28', '2:26-2:28']);
});

describe('problems', () => {
  function problems(text: string) {
    return read(text).problems.map(({ range, message, help }) => [place(range), message, ...(help ? [help] : [])]);
  }

  test.each([
    ['FROM a\nCOPPY b c\n', '2:1-2:6', '"COPPY" is no instruction', 'Did you mean COPY?'],
    ['FROM a\nRUN <<EOF\nb\n', '2:5-2:10', 'The heredoc has no end: no line is "EOF"'],
    ['FROM a\nCOPY b\n', '2:1-2:5', 'COPY needs a destination', 'Write COPY <source>… <destination>'],
    [
      'FROM a\nCOPY --form=b c d\n',
      '2:6-2:14',
      'COPY has no flag --form; it has --chown, --chmod, --link, --exclude, --from, --parents',
    ],
    [
      'FROM a\nCOPY --from=$B c d\n',
      '2:13-2:15',
      '--from takes no variable',
      'Name a stage that is FROM the variable, and copy from that stage',
    ],
    ['FROM\n', '1:1-1:5', 'FROM names no image', 'Write FROM <image>[:<tag>][@<digest>] [AS <name>]'],
    ['RUN a\nFROM b\n', '1:1-1:4', 'RUN stands before the first FROM, where only ARG may'],
    ['ARG A\n', '1:1-1:4', 'The file has no FROM, so it builds nothing'],
    ['', '1:1-1:1', 'The file holds no instruction'],
    [
      'FROM a\nENV b=c d\n',
      '2:9-2:10',
      '"d" has no "=": ENV takes name=value',
      'Put a value with white space in quotes',
    ],
    ['FROM a\nRUN --mount=type=secret,di=b c\n', '2:25-2:29', 'A mount has no option "di"'],
    ['# escape=x\nFROM a\n', '1:10-1:11', 'The escape character can be a backslash or a backtick, not "x"'],
    ['FROM a\nCMD ["b", 1]\n', '2:5-2:13', 'The JSON array holds something else than strings'],
  ])('%j', (text, ...expected) => {
    expect(problems(text)).toEqual([expected]);
  });

  test('the rest of the file is read all the same', () => {
    const { instructions, stages } = read('FROM\nCOPPY a\nCOPY --x b\nRUN c\n');
    expect(instructions.map(({ name }) => name)).toEqual(['FROM', 'COPPY', 'COPY', 'RUN']);
    expect(stages[0]?.instructions).toHaveLength(3);
  });

  test('a file that is no Dockerfile gives a few, and their number', () => {
    const found = problems('lorem ipsum\n'.repeat(1000));
    expect(found).toHaveLength(26);
    expect(found.at(-1)).toEqual(['26:1-26:6', 'This and 975 more faults follow']);
  });
});

describe('hostile input is read in linear time, or refused', () => {
  test('a file of 50 MB', () => {
    const { instructions, problems } = read('RUN a\n'.repeat(9_000_000));
    expect(instructions).toEqual([]);
    expect(problems).toMatchObject([{ message: 'The file is larger than 2097152 characters; it was not read' }]);
  });

  test('a statement of 100,000 lines', () => {
    const run = only(read(`FROM a\nRUN ${'b \\\n'.repeat(100_000)}c`).instructions, 'run');
    expect(run.script?.text).toHaveLength(200_001);
  });

  test.each([
    ['words', `COPY ${'a '.repeat(500_000)}`],
    ['flags', `COPY ${'--link '.repeat(140_000)}a b`],
    ['mount options', `RUN --mount=type=cache,${'id=a,'.repeat(200_000)}id=b c`],
    ['JSON strings', `CMD [${'"a",'.repeat(250_000)}"b"]`],
    ['JSON arrays in arrays', `CMD ${'['.repeat(1_000_000)}`],
    ['heredoc words', `RUN ${'<<E '.repeat(250_000)}`],
    ['variables in variables', `RUN <<${'${a:-'.repeat(200_000)}`],
    ['ONBUILD', 'ONBUILD '.repeat(125_000)],
    ['spaces', `RUN a\\${' '.repeat(1_000_000)}`],
    ['open quotes', `ENV a="${'b'.repeat(1_000_000)}`],
  ])('one line of %s', (_, line) => {
    const { instructions, problems } = read(`FROM a AS b\n${line}`);
    expect(instructions).toHaveLength(2);
    expect(problems.some(({ message }) => message.startsWith('The line is longer than 65535 bytes'))).toBe(true);
  });
});

test('a template is read as far as it goes', () => {
  const { instructions, problems } = read('{% if a %}\nFROM {{ image }}\n{% endif %}\nCOPY %%A%% /b\n');
  expect(instructions.map(({ name }) => name)).toEqual(['{%', 'FROM', '{%', 'COPY']);
  expect((instructions[1] as FromInstruction).image.raw).toBe('{{');
  expect(problems.length).toBeGreaterThan(0);
});
