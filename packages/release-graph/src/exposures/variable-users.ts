import type { Tree } from '@plimsoll/build-context';
import { firstLine } from '@plimsoll/documents';
import { normalise } from '../builds/paths.ts';
import { workingDirectory } from '../builds/workspace.ts';
import { toolName, viewOf } from '../credentials/step-view.ts';
import type { StepView } from '../credentials/step-view.ts';
import { onlyValue } from '../values/resolved.ts';
import { withCalledSteps } from '../lanes/instances.ts';
import type { JobInstance, StepInstance } from '../lanes/model.ts';
import type { Related } from '../model.ts';
import { harmlessActions } from '../permissions/harmless.ts';

/**
 * The one step that uses a variable of its job or workflow; undefined where several do, where it cannot be told, or where
 * there is no other step that could read it. A step uses it by its name, or by a script of the repository that names it.
 */
export function onlyUserOf(name: string, jobs: readonly JobInstance[], tree: Tree): Related | undefined {
  if (READ_BY_BUILDS.test(name)) return undefined;
  const steps = jobs.flatMap((job) => job.steps);
  if (steps.length < 2 || jobs.some(({ job }) => mentions(job.if?.value ?? '', name))) return undefined;
  if (jobs.some(({ job }) => usedByJob(job, name))) return undefined;
  // What an `if:` asks for has to be set outside of the step.
  if (steps.some(({ step }) => mentions(step.if?.value ?? '', name))) return undefined;
  const users = steps.filter((step) => withCalledSteps([step]).some((each) => usesVariable(viewOf(each), name, tree)));
  const candidates = users.length > 0 ? users : steps.filter(mayRead);
  const [user] = candidates;
  if (!user || candidates.length !== 1) return undefined;
  const { uses, range, name: title } = user.step;
  return { at: uses?.range ?? firstLine(range), label: `${title?.value ?? 'this step'} uses it` };
}

/** Variables that builds and tests read by themselves, wherever they run. */
const READ_BY_BUILDS =
  /^(?:TURBO_|NX_|SENTRY_|DATABASE_URL$|GRADLE_|ORG_GRADLE_|MAVEN_|SCCACHE_|PIP_|UV_|NPM_CONFIG_|npm_config_|YARN_|BUNDLE_|GOPROXY$|DOCKER_|BUILDKIT_|CODECOV_|CYPRESS_|PERCY_|HOMEBREW_|HF_TOKEN$|DOPPLER_|INFISICAL_|OP_SERVICE_ACCOUNT_TOKEN$)/;

/** Variables that tools read by themselves. */
const READ_BY_TOOLS: readonly { readonly names: RegExp; readonly tools: readonly string[] }[] = [
  {
    names: /^AWS_(?:ACCESS_KEY_ID|SECRET_ACCESS_KEY|SESSION_TOKEN)$/,
    tools: [
      'aws',
      'cdk',
      'sam',
      'terraform',
      'tofu',
      'eksctl',
      'serverless',
      'sls',
      'pulumi',
      'packer',
      's3cmd',
      'sst',
    ],
  },
  {
    names: /^(?:ARM_(?:CLIENT_SECRET|ACCESS_KEY)|TF_(?:VAR|TOKEN)_\w+)$/,
    tools: ['terraform', 'tofu', 'terragrunt', 'packer'],
  },
  {
    names: /^AZURE_(?:CLIENT_SECRET|STORAGE_KEY|STORAGE_CONNECTION_STRING)$/,
    tools: ['az', 'azd', 'terraform', 'tofu'],
  },
  { names: /^GOOGLE_(?:APPLICATION_)?CREDENTIALS$/, tools: ['gcloud', 'gsutil', 'terraform', 'tofu'] },
  { names: /^(?:CLOUDFLARE|CF)_API_(?:TOKEN|KEY)$/, tools: ['wrangler', 'terraform', 'tofu'] },
  { names: /^VERCEL_TOKEN$/, tools: ['vercel'] },
  { names: /^NETLIFY_AUTH_TOKEN$/, tools: ['netlify'] },
  { names: /^FLY_(?:API|ACCESS)_TOKEN$/, tools: ['fly', 'flyctl'] },
  { names: /^PULUMI_(?:ACCESS_TOKEN|CONFIG_PASSPHRASE)$/, tools: ['pulumi'] },
  { names: /^VAULT_TOKEN$/, tools: ['vault'] },
  { names: /^SNYK_TOKEN$/, tools: ['snyk'] },
  { names: /^SONAR_TOKEN$/, tools: ['sonar-scanner', 'mvn', 'mvnw', 'gradle', 'gradlew', 'dotnet'] },
  { names: /^COSIGN_(?:PRIVATE_KEY|PASSWORD)$/, tools: ['cosign'] },
  { names: /^(?:GH|GITHUB)_TOKEN$/, tools: ['gh', 'hub', 'goreleaser', 'semantic-release', 'lerna', 'release-it'] },
  { names: /^KUBE_?CONFIG$/, tools: ['kubectl', 'helm', 'kustomize'] },
  { names: /^CARGO_REGISTRY_TOKEN$/, tools: ['cargo'] },
  { names: /^TWINE_(?:USERNAME|PASSWORD)$/, tools: ['twine'] },
];

/** What a tool of the step reads without being told; a package manager only where it publishes. */
function readByTools(view: StepView, name: string): boolean {
  const { tools = [] } = READ_BY_TOOLS.find(({ names }) => names.test(name)) ?? {};
  if (view.commands.some(({ command }) => tools.includes(toolName(command)))) return true;
  return PACKAGE_TOKENS.test(name) && view.commands.some(({ call }) => call?.does === 'publish');
}

const PACKAGE_TOKENS =
  /^(?:NODE_AUTH_TOKEN|NPM_(?:AUTH_)?TOKEN|PYPI_(?:API_)?TOKEN|RUBYGEMS_API_KEY|GEM_HOST_API_KEY|NUGET_(?:API_)?KEY)$/;

function usedByJob(job: JobInstance['job'], name: string): boolean {
  const texts = [
    ...job.outputs.map(({ value }) => value),
    ...[job.container, ...job.services].flatMap((one) =>
      one ? [one.image.value, ...one.env.map(({ value }) => value), ...one.credentials.map(({ value }) => value)] : [],
    ),
  ];
  return texts.some((text) => mentions(text, name));
}

function usesVariable(view: StepView, name: string, tree: Tree): boolean {
  const { step } = view.step;
  const own = step.env.find((entry) => entry.name === name);
  if (own) return mentions(own.value, name);
  const texts = [step.run?.value ?? '', ...step.with.map(({ value }) => value), ...step.env.map(({ value }) => value)];
  return (
    texts.some((text) => mentions(text, name)) ||
    readByTools(view, name) ||
    scriptsOf(view, tree).some((text) => mentions(text, name))
  );
}

/** The name of the variable, and not that of a secret, an input or an output. */
function mentions(text: string, name: string): boolean {
  for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + name.length)) {
    const before = text.slice(Math.max(0, at - 12), at);
    const behind = text[at + name.length] ?? '';
    if (/[\w-]/.test(behind) || /[\w-]$/.test(before)) continue;
    if (!/\.\s*$/.test(before) || /\benv(?:iron)?\.\s*$/i.test(before)) return true;
  }
  return false;
}

const MAX_SCRIPT = 200_000;

/** The texts of the files of the repository that a step's commands run. */
function scriptsOf(view: StepView, tree: Tree): readonly string[] {
  const folder = onlyValue(workingDirectory(view.step)) ?? '';
  const names = view.commands.flatMap(({ command }) => {
    if (command.name === 'make') return ['Makefile'];
    if (/^(?:npm|pnpm|yarn|bun)$/.test(command.name)) return ['package.json'];
    return command.words
      .slice(0, 4)
      .map(({ text }) => text)
      .filter((text) => /^\.{0,2}\/|\.\w{1,4}$/.test(text));
  });
  return [...new Set(names)].flatMap((file) => {
    const path = normalise(`${folder}/${file}`);
    return path === undefined || tree.entry(path)?.type !== 'file' ? [] : textOfFile(tree, path);
  });
}

const textsOfFiles = new WeakMap<Tree, Map<string, readonly string[]>>();

function textOfFile(tree: Tree, path: string): readonly string[] {
  const known = textsOfFiles.get(tree) ?? new Map<string, readonly string[]>();
  textsOfFiles.set(tree, known);
  const text = known.get(path) ?? readText(tree, path);
  known.set(path, text);
  return text;
}

function readText(tree: Tree, path: string): readonly string[] {
  try {
    const bytes = tree.read(path, MAX_SCRIPT);
    return bytes ? [new TextDecoder().decode(bytes)] : [];
  } catch {
    return [];
  }
}

/** It runs something, or an action that is not known for reading nothing. */
function mayRead(step: StepInstance): boolean {
  if (step.step.run) return true;
  const [owner = '', name = ''] = (viewOf(step).action ?? '').split('/');
  return !harmlessActions.has(`${owner}/${name}`);
}
