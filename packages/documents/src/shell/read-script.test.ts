import { describe, expect, test } from 'vitest';
import { MappedText, SourceFile, readScript, textOf } from '../index.ts';
import type { Command } from '../index.ts';
import { command, lines, script, texts } from './script.testing.ts';

describe('which commands there are', () => {
  test.each([
    ['lists', 'a 1; b 2 && c 3 || d\ne &', ['a 1', 'b 2', 'c 3', 'd', 'e']],
    ['pipelines', 'a | b |& c', ['a', 'b', 'c']],
    ['groups and subshells', '(a; b) && { c; }', ['a', 'b', 'c']],
    ['conditions', 'if a; then b; elif c; then d; else e; fi', ['a', 'b', 'c', 'd', 'e']],
    ['loops', 'for i in 1 2; do a; done; while b; do c; done; until d; do e; done', ['a', 'b', 'c', 'd', 'e']],
    ['case', 'case $x in 1|2) a;; *) b;; esac', ['a', 'b']],
    ['functions', 'f() { a; }; function g { b; }; f', ['a', 'b', 'f']],
    ['negation and time', '! a; time -p b', ['a', 'b']],
    ['line continuations', 'docker \\\n  build \\\n  .', ['docker build .']],
    ['comments', '# a\nb # c\n', ['b']],
    ['CRLF', 'a 1\r\nb \\\r\n  2\r\n', ['a 1', 'b 2']],
  ])('%s', (_, text, expected) => {
    expect(lines(text)).toEqual(expected);
    expect(script(text).unreadable).toBeUndefined();
  });

  test.each([
    ['in words', 'docker tag "$(git rev-parse HEAD)" x', ['docker tag $(git rev-parse HEAD) x', 'git rev-parse HEAD']],
    ['in backticks', 'a `b \\`c\\` "d"`', ['a `b \\`c\\` "d"`', 'b `c` d', 'c']],
    ['in assignments', 'X=$(a) Y=`b` c', ['c', 'a', 'b']],
    ['in arithmetic', '(( $(a) > 1 )) && echo $((1 + $(b)))', ['a', 'echo $((1 + $(b)))', 'b']],
    ['in tests', '[[ $(a) == b ]]', ['a']],
    ['in fallbacks', 'a ${X:-$(b)}', ['a ${X:-$(b)}', 'b']],
    ['in lists of loops', 'for i in $(a); do b; done', ['a', 'b']],
    ['of processes', 'a <(b) > >(c)', ['a <(b)', 'b', 'c']],
    ['in here-documents', 'cat <<EOF\n$(a)\nEOF\n', ['cat', 'a']],
    ['not in quoted here-documents', "cat <<'EOF'\n$(a)\nEOF\n", ['cat']],
  ])('substitutions %s', (_, text, expected) => {
    expect(lines(text)).toEqual(expected);
  });

  test.each([
    ["bash -c 'a && b'", ['bash -c a && b', 'a', 'b']],
    ['sh -euxc "a \\"b c\\""', ['sh -euxc a "b c"', 'a b c']],
    ["bash -o pipefail -c 'a | b'", ['bash -o pipefail -c a | b', 'a', 'b']],
    ["sudo bash -c 'a'", ['bash -c a', 'a']],
    ["eval 'a b'", ['eval a b', 'a b']],
    ["bash <<'EOF'\na $X\nEOF\n", ['bash', 'a $X']],
    ['bash build.sh', ['bash build.sh']],
  ])('the script of %s', (text, expected) => {
    expect(lines(text)).toEqual(expected);
  });

  test('a substitution in the script of bash -c is there once', () => {
    expect(lines('bash -c "a $(b)"')).toEqual(['bash -c a $(b)', 'b', 'a $(b)']);
    expect(lines('sh <<EOF\na $(b)\nEOF\n')).toEqual(['sh', 'a $(b)', 'b']);
  });

  test('what the outer shell expands stays expanded in the quotes of bash -c', () => {
    const inner = command(`bash -c "push '$X' '\\$Y'"`, 'push');
    expect(inner.words[1]?.parts).toMatchObject([{ kind: 'variable', name: 'X' }]);
    expect(inner.words[2]?.parts).toEqual([{ kind: 'literal', text: '$Y' }]);
  });
});

describe('the name', () => {
  test.each([
    ['/usr/bin/docker ps', 'docker'],
    ['./mvnw deploy', 'mvnw'],
    ['"docker" ps', 'docker'],
    ['$HOME/bin/cosign sign', 'cosign'],
    ['${{ github.workspace }}/bin/cosign sign', 'cosign'],
    ['$DOCKER ps', ''],
    ['${{ inputs.tool }} ps', ''],
    ['kube$X get', ''],
    ['A=b', ''],
  ])('of %s is "%s"', (text, name) => {
    expect(command(text).name).toBe(name);
  });

  test.each([
    ['sudo -E -u ci docker push x'],
    ['env -u A B=c docker push x'],
    ['exec docker push x'],
    ['time docker push x'],
    ['nice -n 10 docker push x'],
    ['nohup docker push x &'],
    ['command docker push x'],
    ['timeout -k 5 10m docker push x'],
    ['sudo env A=1 nice docker push x'],
    ['ls | xargs -n1 -P 4 docker push x'],
  ])('is that of the command behind the prefix: %s', (text) => {
    expect(texts(command(text, 'docker'))).toEqual(['docker', 'push', 'x']);
  });

  test('stays where nothing is run', () => {
    expect(lines('command -v docker; sudo -l; exec >log; env')).toEqual([
      'command -v docker',
      'sudo -l',
      'exec',
      'env',
    ]);
  });
});

describe('redirections', () => {
  const redirected = (each: Command) => each.redirections.map((r) => [r.operator, r.target?.text, textOf(r.range)]);

  test('with descriptors', () => {
    expect(redirected(command('a >"$F" 2>&1 <<<"b c" &>>log'))).toEqual([
      ['>', '$F', '>"$F"'],
      ['2>&', '1', '2>&1'],
      ['<<<', 'b c', '<<<"b c"'],
      ['&>>', 'log', '&>>log'],
    ]);
  });

  test('of a group are those of its commands', () => {
    const { commands } = script('{ a; b > x; } >> "$GITHUB_OUTPUT"');
    expect(commands.map(redirected)).toEqual([
      [['>>', '$GITHUB_OUTPUT', '>> "$GITHUB_OUTPUT"']],
      [
        ['>', 'x', '> x'],
        ['>>', '$GITHUB_OUTPUT', '>> "$GITHUB_OUTPUT"'],
      ],
    ]);
    expect(commands[1]?.redirections.map((r) => r.inherited)).toEqual([undefined, true]);
  });

  test('here-documents have a body, with its places', () => {
    const [document] = command('cat <<EOF > x\nNPM=${{ secrets.NPM }}\n$A\nEOF\n').redirections;
    expect(document).toMatchObject({ operator: '<<', expands: true });
    expect(document?.body?.text).toBe('NPM=${{ secrets.NPM }}\n$A\n');
    expect(document?.body && textOf(document.body.range(4, 22))).toBe('${{ secrets.NPM }}');
  });

  test('<<- takes the tabs away, a quoted delimiter the expansion', () => {
    const [document] = command("cat <<-'EOF'\n\t\ta\n\tb\n\tEOF\n").redirections;
    expect(document).toMatchObject({ operator: '<<-', expands: false });
    expect(document?.body?.text).toBe('a\nb\n');
    expect(document?.body && textOf(document.body.range(2, 3))).toBe('b');
  });
});

describe('how commands hang together', () => {
  const facts = (text: string) =>
    script(text).commands.map(({ name, followedBy, conditional, tested, onFailure, within }) =>
      [name, followedBy, conditional && 'perhaps', tested && 'tested', onFailure, within].filter(
        (x) => x !== undefined && x !== false,
      ),
    );

  test('what follows', () => {
    expect(facts('a | b && c; d &')).toEqual([['a', '|'], ['b', '&&'], ['c'], ['d', '&']]);
  });

  test('what runs on failure', () => {
    expect(facts('a && b || true')).toEqual([
      ['a', '&&', 2],
      ['b', '||', 2],
      ['true', 'perhaps'],
    ]);
    expect(facts('{ a; b; } || true')).toEqual([
      ['a', 2],
      ['b', '||', 2],
      ['true', 'perhaps'],
    ]);
    expect(facts("bash -c 'a' || true")).toEqual([
      ['bash', '||', 2],
      ['a', 2, 0],
      ['true', 'perhaps'],
    ]);
    expect(facts('X=$(a) || true')).toEqual([
      ['', '||', 2],
      ['a', 2, 0],
      ['true', 'perhaps'],
    ]);
    expect(facts('echo $(a) || true')).toEqual([
      ['echo', '||', 2],
      ['a', 0],
      ['true', 'perhaps'],
    ]);
  });

  test('what runs perhaps', () => {
    expect(facts('if a; then b; fi')).toEqual([
      ['a', 'tested'],
      ['b', 'perhaps'],
    ]);
    expect(facts('f() { a; }')).toEqual([['a', 'perhaps']]);
    expect(facts('[ -n "$X" ] && a')).toEqual([
      ['[', '&&'],
      ['a', 'perhaps'],
    ]);
    expect(facts('[[ -n $X ]] && a')).toEqual([['a', 'perhaps']]);
    expect(facts('a && b')).toEqual([['a', '&&'], ['b']]);
    expect(facts('! a')).toEqual([['a', 'tested']]);
  });

  test('pipelines', () => {
    const { commands } = script('a $(x | y) | while b; do c | d; done');
    expect(commands.map((each) => [each.name, each.pipeline?.commands, each.pipeline?.position])).toEqual([
      ['a', [0, 3], 0],
      ['x', [1, 2], 0],
      ['y', [1, 2], 1],
      ['b', [0, 3], 1],
      ['c', [4, 5], 0],
      ['d', [4, 5], 1],
    ]);
  });
});

describe('places', () => {
  const file = new SourceFile('Dockerfile', 'RUN docker bu\\\n# note\nild \\\n  -t "a b" .\n');
  const text = MappedText.join(file, [
    MappedText.of(file.range(4, 13)),
    MappedText.of(file.range(22, 26)),
    MappedText.of(file.range(28, 40)),
  ]);

  test('are those of the file, through line continuations', () => {
    const [docker] = readScript(text).commands;
    expect(docker?.words.map((word) => [word.text, textOf(word.range)])).toEqual([
      ['docker', 'docker'],
      ['build', 'bu\\\n# note\nild'],
      ['-t', '-t'],
      ['a b', '"a b"'],
      ['.', '.'],
    ]);
  });

  test('in the script of bash -c, and in backticks', () => {
    const words = (text: string, name: string) => command(text, name).words.map((word) => textOf(word.range));
    expect(words('bash -c "push \\"a b\\" c"', 'push')).toEqual(['push', '"a b\\"', 'c']);
    expect(words('x `push \\`y\\` z`', 'push')).toEqual(['push', '`y\\`', 'z']);
    expect(words('x `push \\`y\\` z`', 'y')).toEqual(['y']);
  });
});
