import { literalText, parseArguments } from '@plimsoll/documents';
import type { ArgumentSpec, ShellWord } from '@plimsoll/documents';

const spec = (values = ''): ArgumentSpec => ({ values, stopAtPositional: true });

const node = spec('p,package c,call w,workspace');
const uv = spec(
  'p,python with with-editable with-requirements extra group from package directory project index env-file',
);

const run = spec(
  'add-host annotation a,attach blkio-weight cap-add cap-drop cgroup-parent cgroupns cidfile cpu-period cpu-quota c,cpu-shares ' +
    'cpus cpuset-cpus cpuset-mems device dns dns-option dns-search domainname entrypoint e,env env-file expose gpus group-add ' +
    'h,hostname ip ip6 ipc isolation l,label label-file link log-driver log-opt mac-address m,memory memory-swap mount name ' +
    'network net network-alias pid pids-limit platform p,publish pull restart runtime security-opt shm-size stop-signal ' +
    'stop-timeout storage-opt sysctl tmpfs ulimit u,user userns uts v,volume volume-driver volumes-from w,workdir',
);

interface Launcher {
  /** Options before the tool or the subcommand. */
  readonly options: ArgumentSpec;
  /** Subcommands which take the tool's name, with their options. */
  readonly subcommands?: Readonly<Record<string, ArgumentSpec>>;
  /** Whether the tool may stand without a subcommand. */
  readonly bare?: true;
}

const bare = (values = ''): Launcher => ({ options: spec(values), bare: true });
const only = (subcommand: string, values = ''): Launcher => ({
  options: spec(values),
  subcommands: { [subcommand]: spec() },
});

/** Commands which run another tool by its name. */
const launchers: Readonly<Record<string, Launcher>> = {
  npx: { options: node, bare: true },
  bunx: { options: node, bare: true },
  npm: { options: spec('C,prefix w,workspace'), subcommands: { exec: node, x: node } },
  pnpm: {
    options: spec('C,dir F,filter'),
    subcommands: { exec: node, dlx: spec('package allow-build'), run: spec() },
    bare: true,
  },
  yarn: { options: spec('cwd'), subcommands: { exec: node, dlx: spec('p,package'), run: spec() }, bare: true },
  uvx: { options: uv, bare: true },
  uv: { options: uv, subcommands: { 'tool run': uv, run: uv } },
  pipx: { options: spec(), subcommands: { run: spec('spec python pip-args') } },
  poetry: only('run', 'C,directory P,project'),
  pipenv: only('run'),
  pdm: only('run', 'p,project'),
  rye: only('run'),
  hatch: only('run', 'e,env'),
  python: bare('W X'),
  python3: bare('W X'),
  py: bare('W X'),
  bundle: only('exec'),
  mise: only('exec'),
  docker: { options: spec('config c,context H,host'), subcommands: { run, 'container run': run } },
  podman: { options: spec('c,connection'), subcommands: { run, 'container run': run } },
  nerdctl: { options: spec('n,namespace'), subcommands: { run } },
  go: { options: spec('C'), subcommands: { run: spec('C mod modfile tags ldflags exec'), tool: spec() } },
};

/**
 * `npx lerna publish` → `lerna publish`; `python -m twine upload` → `twine upload`; `go run github.com/google/ko@v1 build`
 * → `ko build`; `docker run gcr.io/kaniko-project/executor:v1` → `executor`. Undefined where nothing launches.
 */
export function launched(
  name: string,
  words: readonly ShellWord[],
): { name: string; words: readonly ShellWord[] } | undefined {
  const launcher = Object.hasOwn(launchers, name) ? launchers[name] : undefined;
  if (!launcher) return undefined;
  const { positionals } = parseArguments(words.slice(1), launcher.options);
  for (const [subcommand, options] of Object.entries(launcher.subcommands ?? {})) {
    const path = subcommand.split(' ');
    if (path.every((word, i) => positionals[i]?.text === word)) {
      const behind = parseArguments(positionals.slice(path.length), options).positionals;
      return options === run ? toolOfContainer(behind) : toolOf(behind);
    }
  }
  return launcher.bare && toolOf(positionals);
}

/** Tools that are run by their name in an image which holds them, and not as its entrypoint. */
const inImages =
  /^(?:mvnw?|gradlew?|npm|pnpm|yarn|twine|poetry|uv|cargo|gem|dotnet|helm|ko|goreleaser|cosign|crane|skopeo|oras)$/;

/** `docker run maven:3 mvn deploy` → `mvn deploy`; else the image is the tool. */
function toolOfContainer(words: readonly ShellWord[]): ReturnType<typeof launched> {
  const inner = words[1] && literalText(words[1]);
  return toolOf(inner !== undefined && inImages.test(inner) ? words.slice(1) : words);
}

function toolOf(words: readonly ShellWord[]): ReturnType<typeof launched> {
  const tool = words[0] && literalText(words[0]);
  return tool === undefined ? undefined : { name: toolName(tool), words };
}

/** Without version, tag and path: `lerna@8`, `github.com/sigstore/cosign/v3/cmd/cosign@latest`; an npm scope stays. */
function toolName(tool: string): string {
  const at = tool.indexOf('@', 1);
  const unversioned = at < 0 ? tool : tool.slice(0, at);
  if (unversioned.startsWith('@')) return unversioned;
  const path = unversioned.split('/').filter((part) => !/^v\d+$/.test(part));
  return (path.at(-1) ?? unversioned).replace(/:[\w.-]*$/, '');
}
