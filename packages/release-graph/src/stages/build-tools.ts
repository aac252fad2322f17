import type { Command, ShellWord } from '@plimsoll/documents';
import { readRunnerCall } from './runner-call.ts';

/** Tools that compile whatever they are asked for. */
const compilers =
  /^(?:tsc|tsup|esbuild|rollup|webpack|parcel|swc|gulp|gcc|g\+\+|cc|c\+\+|clang|clang\+\+|rustc|javac|kotlinc|ghc|make|gmake|cmake|ninja|meson|sbt|msbuild)$/;

/** Tools that compile when they are told to, by their first argument. */
const builders: Readonly<Record<string, RegExp>> = {
  next: /^build$/, vite: /^build$/, nuxt: /^(?:build|generate)$/, ng: /^build$/, nest: /^build$/, astro: /^build$/, remix: /^build$/,
  'react-scripts': /^build$/, 'vue-cli-service': /^build$/, 'vue-tsc': /./, gatsby: /^build$/,
  go: /^(?:build|install)$/, cargo: /^(?:build|install|rustc)$/, dotnet: /^(?:build|publish|pack|msbuild)$/,
  mvn: /^(?!-)(?:.*:)?(?:package|install|compile|verify|deploy)$/, mvnw: /^(?:.*:)?(?:package|install|compile|verify)$/,
  gradle: /build|assemble|[jw]ar$|dist$/i, gradlew: /build|assemble|[jw]ar$|dist$/i,
  mix: /^(?:compile|release)$/, swift: /^build$/, zig: /^build/, bazel: /^build$/, bazelisk: /^build$/, stack: /^(?:build|install)$/,
  cabal: /^(?:build|install)$/, dart: /^compile$/, flutter: /^build$/, crystal: /^build$/, lein: /^(?:uberjar|compile)$/, deno: /^compile$/,
}; // prettier-ignore

const buildTask = /(?:^|[:_-])(?:build|compile|bundle|dist|prod(?:uction)?|webpack|package|tsc)(?:$|[:_-])/i;

/** What a command builds with, as someone would name it: `npx nx build`, `go build`. Undefined where it builds nothing that is known. */
export function buildTool(command: Command): string | undefined {
  const call = readRunnerCall(command);
  if (call?.does === 'task' && call.task !== undefined && buildTask.test(call.task))
    return nameOf(command.words, call.task);
  const words = behindRunner(command.words);
  const name = (words[0]?.text ?? '').replace(/^.*\//s, '').split('@')[0] ?? '';
  if (words.some(({ text }) => /^(?:--version|-version|--help|-h)$/.test(text))) return undefined;
  if (compilers.test(name)) return name;
  const verbs = Object.hasOwn(builders, name) ? builders[name] : undefined;
  const verb = verbs && words.slice(1).find(({ text }) => !text.startsWith('-') && verbs.test(text));
  return verb && `${name} ${verb.text}`;
}

/** Whether a command builds or installs what a workspace's manifests ask for. */
export function isBuildOrInstall(command: Command): boolean {
  const call = readRunnerCall(command);
  return call?.does === 'install' || call?.does === 'deploy' || buildTool(command) !== undefined;
}

function nameOf(words: readonly ShellWord[], task: string): string {
  const at = words.findIndex(({ text }) => text === task || text.endsWith(`:${task}`));
  return words
    .slice(0, at < 0 ? 3 : at + 1)
    .map(({ text }) => text)
    .join(' ');
}

/** The words behind `npx`, `pnpm exec`, `yarn run` and the like. */
function behindRunner(words: readonly ShellWord[]): readonly ShellWord[] {
  const [first, second] = words;
  if (/^(?:npx|bunx|pnpx)$/.test(first?.text ?? ''))
    return words.slice(
      1 +
        Math.max(
          0,
          words.slice(1).findIndex(({ text }) => !text.startsWith('-')),
        ),
    );
  if (/^(?:npm|pnpm|yarn|bun)$/.test(first?.text ?? '') && /^(?:exec|dlx|x)$/.test(second?.text ?? ''))
    return words.slice(2).filter(({ text }) => text !== '--');
  if (/^(?:pnpm|yarn)$/.test(first?.text ?? '') && second && Object.hasOwn(builders, second.text))
    return words.slice(1);
  return words;
}

/** Packages that hold compilers and headers. */
const toolPackages =
  /^(?:build-essential|build-base|gcc|g\+\+|gcc-c\+\+|clang|make|cmake|cargo|rust|golang|golang-go|maven|gradle|default-jdk|openjdk-\d+-jdk|@?development-tools|musl-dev|libc6?-dev|python3?-dev|linux-headers)(?:$|=|:)/;

/** The packages with build tools that a command installs from a distribution. */
export function installedTools({ name, words }: Command): readonly string[] {
  const texts = words.slice(1).map(({ text }) => text);
  const installs =
    name === 'apk'
      ? texts.includes('add')
      : /^(?:apt|apt-get|yum|dnf|microdnf|tdnf)$/.test(name) && texts.includes('install');
  return installs ? texts.filter((text) => toolPackages.test(text)) : [];
}

/** Whether a command takes packages of a distribution away again. */
export function removesPackages({ name, words }: Command): boolean {
  return (
    /^(?:apk|apt|apt-get|yum|dnf|microdnf|tdnf)$/.test(name) &&
    words.some(({ text }) => /^(?:del|purge|remove|autoremove|erase)$/.test(text))
  );
}
