import { lastOption, optionValues } from '@plimsoll/documents';
import type { ArgumentSpec } from '@plimsoll/documents';
import { argumentsOf, deploy } from './deploy-parts.ts';
import type { CallBase, EditCall } from './model.ts';
import { isOn } from './parts.ts';
import { row } from './row.ts';
import type { ToolRow } from './row.ts';

const swarm: readonly ToolRow[] = [
  row({
    calls: ['docker stack deploy', 'docker stack up'],
    does: 'deploy',
    options: { values: 'c,compose-file orchestrator resolve-image', switches: 'd,detach q,quiet' },
    read: (call) => deploy(call, 'Docker', { sources: optionValues(call, 'compose-file') }),
    examples: { is: ['docker stack deploy -c stack.yaml shop'], isNot: ['docker stack ls'] },
  }),
  row({
    calls: ['docker service update'],
    does: 'deploy',
    options: {
      values: 'image replicas update-parallelism update-delay env-add label-add',
      switches: 'd,detach q,quiet',
    },
    read: (call) => {
      const images = argumentsOf(optionValues(call, 'image'), 'reference');
      return images.length === 0 ? undefined : deploy(call, 'Docker', { images });
    },
    examples: {
      is: ['docker service update --image ghcr.io/acme/api:1 shop_api'],
      isNot: ['docker service update --replicas 2 shop_api', 'docker service ls'],
    },
  }),
];

const machines: readonly ToolRow[] = [
  row({
    calls: ['ssh'],
    does: 'remote',
    options: {
      values: 'B b c D E e F I i J L l m O o p Q R S W w',
      stopAtPositional: true,
    },
    read: (call) => {
      const [, ...script] = call.positionals;
      return script.length + call.command.redirections.length === 0 ? undefined : { script };
    },
    examples: {
      is: [
        'ssh deploy@host "docker compose up -d"',
        'ssh -i key -p 2222 deploy@host docker pull api',
        'ssh host <<EOF\nls\nEOF',
      ],
      isNot: ['ssh-keyscan host', 'ssh host'],
    },
  }),
];

const sedOptions: ArgumentSpec = {
  values: 'e,expression f,file',
  switches: 'i,in-place n,quiet E,regexp-extended r s z',
};

function sed(call: CallBase): Pick<EditCall, 'language' | 'expressions' | 'files' | 'prints'> {
  const given = optionValues(call, 'expression');
  const [first, ...rest] = call.positionals;
  const expressions = given.length > 0 ? given : first ? [first] : [];
  return {
    language: 'sed',
    expressions,
    files: given.length > 0 ? call.positionals : rest,
    prints: isOn(lastOption(call, 'in-place')) === false,
  };
}

const edits: readonly ToolRow[] = [
  row({
    calls: ['sed', 'gsed'],
    does: 'edit',
    options: sedOptions,
    read: sed,
    examples: {
      is: ['sed -i "s|image:.*|image: api:1|" deploy.yaml', "sed 's/a/b/' file"],
      isNot: ['awk 1 file'],
    },
  }),
  row({
    calls: ['yq', 'yq eval', 'yq e', 'yq write', 'yq w'],
    does: 'edit',
    options: { values: 'I,indent o,output-format p,input-format', switches: 'i,inplace P,prettyPrint r N' },
    read: (call): Pick<EditCall, 'language' | 'expressions' | 'files' | 'prints'> => ({
      language: 'yq',
      expressions: call.positionals.slice(0, 1),
      files: call.positionals.slice(1),
      prints: isOn(lastOption(call, 'inplace')) === false,
    }),
    examples: { is: [`yq -i '.image.tag = "1"' values.yaml`, 'yq e .a file'], isNot: ['jq . file'] },
  }),
];

const query = row({
  calls: ['jq'],
  does: 'edit',
  options: {
    values: 'indent from-file f L',
    switches: 'r,raw-output c,compact-output e,exit-status n,null-input s,slurp S,sort-keys',
  },
  read: (call): Pick<EditCall, 'language' | 'expressions' | 'files' | 'prints'> | undefined => {
    const expressions = call.command.words.filter(({ text }) => /\.image\s{0,5}\|?=/.test(text));
    return expressions.length === 0 ? undefined : { language: 'jq', expressions, files: [], prints: true };
  },
  examples: {
    is: ['jq --arg IMAGE "$IMAGE" \'.containerDefinitions[0].image = $IMAGE\' task.json'],
    isNot: ["jq '.containerDefinitions[0].image' task.json", 'jq -r .tag file.json'],
  },
});

const substitution = row({
  calls: ['envsubst'],
  does: 'edit',
  options: { values: '', switches: 'v,variables i no-unset' },
  read: (call): Pick<EditCall, 'language' | 'expressions' | 'files' | 'prints'> => ({
    language: 'envsubst',
    expressions: call.positionals,
    files: [],
    prints: true,
  }),
  examples: { is: ['envsubst < deploy.yaml', "envsubst '$TAG' < a > b"], isNot: ['env TAG=1 cat a'] },
});

export const remoteAndEdits: readonly ToolRow[] = [...swarm, ...machines, ...edits, query, substitution];

const runValues =
  'add-host annotation a,attach blkio-weight cap-add cap-drop cidfile c,cpu-shares cpus device dns entrypoint e,env env-file expose ' +
  'gpus group-add h,hostname ip l,label label-file link log-driver log-opt mac-address m,memory memory-swap mount name net network ' +
  'network-alias pid pids-limit platform p,publish pull restart runtime security-opt shm-size stop-signal stop-timeout sysctl tmpfs ' +
  'ulimit u,user userns v,volume volumes-from w,workdir';
const runSwitches = 'd,detach i,interactive t,tty P,publish-all q,quiet';

/** What deploys where the Docker that it speaks to is that of another machine. */
export const remoteDocker: readonly ToolRow[] = [
  row({
    calls: ['docker run', 'docker container run', 'podman run', 'nerdctl run'],
    does: 'deploy',
    options: { values: runValues, switches: runSwitches, stopAtPositional: true },
    read: (call) => deploy(call, 'Docker', { images: argumentsOf(call.positionals.slice(0, 1), 'reference') }),
    examples: {
      is: ['docker run -d --name api -p 80:80 ghcr.io/acme/api:1'],
      isNot: ['docker ps', 'docker rm -f api'],
    },
  }),
  row({
    calls: ['docker pull', 'docker image pull', 'podman pull', 'nerdctl pull'],
    does: 'deploy',
    options: { values: 'platform', switches: 'q,quiet a,all-tags' },
    read: (call) =>
      deploy(call, 'Docker', { effect: 'files', images: argumentsOf(call.positionals.slice(0, 1), 'reference') }),
    examples: { is: ['docker pull ghcr.io/acme/api:1'], isNot: ['docker compose pull'] },
  }),
  row({
    calls: ['docker service create'],
    does: 'deploy',
    options: {
      values: `${runValues} replicas mode constraint secret config`,
      switches: runSwitches,
      stopAtPositional: true,
    },
    read: (call) => deploy(call, 'Docker', { images: argumentsOf(call.positionals.slice(0, 1), 'reference') }),
    examples: { is: ['docker service create --name api ghcr.io/acme/api:1'], isNot: ['docker service rm api'] },
  }),
  row({
    calls: ['docker compose up', 'docker-compose up', 'podman-compose up'],
    does: 'deploy',
    options: {
      values: 'f,file attach exit-code-from no-attach pull scale t,timeout wait-timeout',
      switches: 'd,detach V,renew-anon-volumes',
    },
    read: (call) => deploy(call, 'Docker', { sources: optionValues(call, 'file') }),
    examples: { is: ['docker compose up -d', 'docker-compose -f prod.yaml up -d api'], isNot: ['docker compose down'] },
  }),
];
