import { describe, expect, test } from 'vitest';
import { documentsOf } from '../documents.testing.ts';
import { buildGraph } from '../index.ts';

/** The leaks of a workflow with one step: sink, name and the text of the line. */
function leaks(step: string, runner = 'ubuntu-24.04'): readonly string[] {
  const workflow = `on: push\njobs:\n  a:\n    runs-on: ${runner}\n    steps:\n${step}`;
  const { secretLeaks } = buildGraph(documentsOf({ '.github/workflows/a.yml': workflow }));
  return secretLeaks.map(({ sink, name, range }) => {
    const { file, start, end } = range;
    return `${sink} ${name}: ${file.text.slice(start, end)}`.replace(' :', ':');
  });
}

const indent = (lines: readonly string[], by: number) => lines.map((line) => `${' '.repeat(by)}${line}\n`).join('');

describe('the JavaScript of github-script', () => {
  const script = (...lines: readonly string[]) =>
    leaks(
      `      - uses: actions/github-script@v8\n        env: { TOKEN: '\${{ secrets.TOKEN }}', NAME: acme }\n        with:\n          script: |\n${indent(lines, 12)}`,
    );

  test.each([
    ['core.setOutput("token", process.env.TOKEN)', ['output token: core.setOutput("token", process.env.TOKEN)']],
    ["console.log(`token ${process.env['TOKEN']}`)", ["log: console.log(`token ${process.env['TOKEN']}`)"]],
    ['core.info("${{ secrets.OTHER }}")', ['log: core.info("${{ secrets.OTHER }}")']],
    [
      'core.exportVariable("T", "a" + process.env.TOKEN.trim())',
      ['output T: core.exportVariable("T", "a" + process.env.TOKEN.trim())'],
    ],
    ['return process.env.TOKEN', ['output result: process.env.TOKEN']],
    ['await core.summary.addRaw(process.env.TOKEN).write()', ['output: core.summary.addRaw(process.env.TOKEN)']],
  ])('%s', (line, expected) => {
    expect(script(line)).toEqual(expected);
  });

  test('variables, other names for them, and texts made of them are followed', () => {
    expect(
      script(
        'const { TOKEN: secret } = process.env;',
        'let text = JSON.stringify({ secret });',
        'console.log(text);',
        'text = "nothing";',
        'console.log(text);',
      ),
    ).toEqual(['log: console.log(text)']);
  });

  test.each([
    ['console.log(process.env.NAME, process.env.OTHER)'],
    ['const github = getOctokit(process.env.TOKEN); return github.rest.repos.get()'],
    ['core.setSecret(process.env.TOKEN); console.log(process.env.TOKEN)'],
    ['if (process.env.TOKEN) console.log("there is one", process.env.TOKEN.length)'],
    ['const f = () => { return process.env.TOKEN }; f()'],
    ['this is ${{ no script'],
  ])('nothing leaves by %s', (line) => {
    expect(script(line)).toEqual([]);
  });
});

describe('PowerShell', () => {
  const script = (...lines: readonly string[]) =>
    leaks(`      - shell: pwsh\n        env: { TOKEN: '\${{ secrets.TOKEN }}' }\n        run: |\n${indent(lines, 10)}`);

  test.each([
    ['Write-Host "token $env:TOKEN"', 'log: Write-Host "token $env:TOKEN"'],
    ['"token=$env:TOKEN" >> $env:GITHUB_OUTPUT', 'output token: "token=$env:TOKEN" >> $env:GITHUB_OUTPUT'],
    [
      '"T=${env:TOKEN}" | Out-File -FilePath $env:GITHUB_ENV -Append',
      'output T: "T=${env:TOKEN}" | Out-File -FilePath $env:GITHUB_ENV -Append',
    ],
    ["echo '${{ secrets.OTHER }}'", "log: echo '${{ secrets.OTHER }}'"],
    [
      'Add-Content -Path $env:GITHUB_OUTPUT -Value "t=$env:TOKEN"',
      'output t: Add-Content -Path $env:GITHUB_OUTPUT -Value "t=$env:TOKEN"',
    ],
  ])('%s', (line, expected) => {
    expect(script(line)).toEqual([expected]);
  });

  test('a variable is followed, also over a line that is carried on', () => {
    expect(script('$header = "Bearer " + `', '  $env:TOKEN', 'Write-Output $header')).toEqual([
      'log: Write-Output $header',
    ]);
  });

  test.each([
    ["Write-Host 'token $env:TOKEN'"],
    ['# Write-Host $env:TOKEN'],
    ['echo "::add-mask::$env:TOKEN"'],
    ['$env:TOKEN | docker login ghcr.io -u ci --password-stdin'],
    ['Invoke-RestMethod -Headers @{ Authorization = "Bearer $env:TOKEN" } https://api.example.com'],
    ['Write-Host "$env:OTHER"'],
  ])('nothing leaves by %s', (line) => {
    expect(script(line)).toEqual([]);
  });

  test('it is what a run on Windows speaks', () => {
    const step = `      - env: { TOKEN: '\${{ secrets.TOKEN }}' }\n        run: Write-Host $env:TOKEN\n`;
    expect(leaks(step, 'windows-2025')).toEqual(['log: Write-Host $env:TOKEN']);
    expect(leaks(step)).toEqual([]);
  });
});
