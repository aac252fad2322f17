import { literalText, parseArguments } from '@plimsoll/documents';
import type { ArgumentSpec, Option, ShellWord } from '@plimsoll/documents';
import type { ToolRow } from './row.ts';

/** Rows by the words they are called by. */
export interface CallTree {
  readonly rows: ToolRow[];
  readonly children: Map<string, CallTree>;
}

/** Options before a subcommand that take a value, by what stands before them. */
const globals: Readonly<Record<string, string>> = {
  docker: 'config c,context H,host l,log-level tlscacert tlscert tlskey',
  'docker buildx': 'builder',
  'docker compose': 'ansi env-file f,file parallel profile progress project-directory p,project-name',
  'docker-compose': 'ansi env-file f,file parallel profile progress project-directory p,project-name H,host c,context',
  podman: 'c,connection url identity log-level root runroot runtime storage-driver storage-opt',
  buildah: 'log-level root runroot registries-conf storage-driver storage-opt',
  nerdctl: 'n,namespace a,address H,host snapshotter',
  skopeo: 'command-timeout override-arch override-os override-variant policy registries.d registries-conf tmpdir',
  crane: 'platform',
  regctl: 'host logopt v,verbosity user-agent',
  cosign: 'output-file t,timeout',
  gh: 'R,repo',
  kubectl:
    'as as-group cluster context kubeconfig n,namespace request-timeout s,server tls-server-name token user certificate-authority v',
  oc: 'as cluster context kubeconfig n,namespace s,server token user',
  argocd: 'auth-token server config grpc-web-root-path header H',
  flux: 'context kubeconfig n,namespace timeout',
  gcloud: 'account configuration format impersonate-service-account project verbosity',
  aws: 'region profile output endpoint-url query cli-read-timeout cli-connect-timeout',
  az: 'output o query subscription',
  helmfile:
    'f,file e,environment l,selector kube-context n,namespace state-values-set state-values-file q b helm-binary',
  trivy: 'cache-dir c,config timeout',
  nomad: 'address region namespace token',
  helm: 'kube-context n,namespace kubeconfig registry-config repository-cache repository-config',
  npm: 'C,prefix w,workspace registry loglevel userconfig',
  pnpm: 'C,dir F,filter',
  yarn: 'cwd',
  uv: 'directory project config-file',
  poetry: 'C,directory P,project',
  cargo: 'C Z config color',
};

const specs = new Map(
  Object.entries(globals).map(([path, values]): [string, ArgumentSpec] => [path, { values, stopAtPositional: true }]),
);
const noGlobals: ArgumentSpec = { values: '', stopAtPositional: true };

export function callTree(rows: readonly ToolRow[]): CallTree {
  const root: CallTree = { rows: [], children: new Map() };
  for (const row of rows) {
    for (const call of row.calls) {
      let node = root;
      for (const word of call.split(' ')) {
        const child = node.children.get(word) ?? { rows: [], children: new Map() };
        node.children.set(word, child);
        node = child;
      }
      node.rows.push(row);
    }
  }
  return root;
}

/** Rows that a command may be a call of, the longest match first, with what is left of its words. */
export interface Match {
  readonly row: ToolRow;
  /** Options before the subcommands. */
  readonly before: readonly Option[];
  readonly rest: readonly ShellWord[];
}

export function matches(tree: CallTree, name: string, words: readonly ShellWord[]): readonly Match[] {
  const found: Match[] = [];
  let node = tree.children.get(name);
  let path = name;
  let before: readonly Option[] = [];
  let rest = words.slice(1);
  while (node) {
    for (const row of node.rows) found.unshift({ row, before, rest });
    if (node.children.size === 0) break;
    const { options, positionals } = parseArguments(rest, specs.get(path) ?? noGlobals);
    // `cargo +nightly publish`: the toolchain is no subcommand.
    const words: readonly ShellWord[] =
      name === 'cargo' && positionals[0]?.text.startsWith('+') ? positionals.slice(1) : positionals;
    const subcommand = words[0] && literalText(words[0]);
    if (subcommand === undefined) break;
    node = node.children.get(subcommand);
    path = `${path} ${subcommand}`;
    before = [...before, ...options];
    rest = words.slice(1);
  }
  return found;
}
