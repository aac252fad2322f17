import { lastOption, optionValues, sliceWord } from '@plimsoll/documents';
import type { ShellWord } from '@plimsoll/documents';
import { deployClouds } from './deploy-clouds.ts';
import { deployCode } from './deploy-code.ts';
import { argumentsOf, assigned, deploy, imagesInJson } from './deploy-parts.ts';
import type { CallBase, ImageArgument } from './model.ts';
import { isOn } from './parts.ts';
import { row } from './row.ts';
import type { ToolRow } from './row.ts';

const kubectlGlobals =
  'as as-group cluster context kubeconfig n,namespace request-timeout s,server tls-server-name token user ' +
  'certificate-authority client-certificate client-key';
const kubectlValues =
  `${kubectlGlobals} f,filename k,kustomize l,selector field-selector field-manager image o,output p,patch patch-file type ` +
  'env labels annotations overrides port replicas restart schedule subresource timeout grace-period template prune-allowlist ' +
  'show-managed-fields limits requests serviceaccount image-pull-policy pod-running-timeout override-type';
const kubectl = { values: kubectlValues, switches: 'R,recursive i,stdin t,tty w,watch q,quiet' };

const kubernetes: readonly ToolRow[] = [
  row({
    calls: ['kubectl set image', 'oc set image'],
    does: 'deploy',
    options: kubectl,
    read: (call) =>
      deploy(call, 'Kubernetes', { images: call.positionals.slice(1).flatMap((word) => assigned(word, 'reference')) }),
    examples: {
      is: ['kubectl -n shop set image deployment/api api=ghcr.io/acme/api:1', 'kubectl set image deploy/api *=api:1'],
      isNot: ['kubectl set env deploy/api A=b', 'kubectl get deploy'],
    },
  }),
  row({
    calls: ['kubectl apply', 'kubectl replace', 'oc apply', 'oc replace'],
    does: 'deploy',
    options: kubectl,
    read: (call) => {
      const sources = optionValues(call, 'filename', 'kustomize');
      return sources.length === 0 ? undefined : deploy(call, 'Kubernetes', { sources });
    },
    examples: {
      is: ['kubectl apply -f k8s/', 'kubectl --context prod apply -k overlays/prod', 'kubectl apply -f -'],
      isNot: ['kubectl apply view-last-applied deploy/api', 'kubectl delete -f k8s/'],
    },
  }),
  row({
    calls: ['kubectl create', 'oc create'],
    does: 'deploy',
    options: kubectl,
    read: created,
    examples: {
      is: ['kubectl create deployment api --image=ghcr.io/acme/api:1', 'kubectl create -f job.yaml'],
      isNot: ['kubectl create namespace shop', 'kubectl create secret generic x --from-literal=a=b'],
    },
  }),
  row({
    calls: ['kubectl run', 'oc run'],
    does: 'deploy',
    options: kubectl,
    read: (call) => {
      const images = argumentsOf(optionValues(call, 'image'), 'reference');
      // With `--rm` it is a tool, and gone when the command ends.
      if (images.length === 0 || isOn(lastOption(call, 'rm')) === true) return undefined;
      return deploy(call, 'Kubernetes', { images });
    },
    examples: {
      is: ['kubectl run api --image ghcr.io/acme/api:1'],
      isNot: ['kubectl logs api', 'docker run api', 'kubectl run -it --rm debug --image=busybox:1 -- sh'],
    },
  }),
  row({
    calls: ['kubectl patch', 'oc patch'],
    does: 'deploy',
    options: kubectl,
    read: (call) => {
      const images = optionValues(call, 'patch').flatMap(imagesInJson);
      return images.length === 0 ? undefined : deploy(call, 'Kubernetes', { images });
    },
    examples: {
      is: [
        `kubectl patch deployment api -p '{"spec":{"template":{"spec":{"containers":[{"name":"api","image":"ghcr.io/acme/api:1"}]}}}}'`,
      ],
      isNot: [`kubectl patch svc api -p '{"spec":{"type":"NodePort"}}'`],
    },
  }),
  row({
    calls: ['kubectl rollout restart', 'oc rollout restart', 'oc rollout latest'],
    does: 'deploy',
    options: kubectl,
    read: (call) => deploy(call, 'Kubernetes', {}),
    examples: {
      is: ['kubectl rollout restart deployment/api'],
      isNot: ['kubectl rollout status deployment/api', 'kubectl rollout undo deployment/api'],
    },
  }),
  row({
    calls: ['kn service create', 'kn service update', 'kn service apply'],
    does: 'deploy',
    options: { values: 'image n,namespace e,env f,filename port tag traffic annotation label service-account' },
    read: (call) => deploy(call, 'Kubernetes', { images: argumentsOf(optionValues(call, 'image'), 'reference') }),
    examples: { is: ['kn service update api --image ghcr.io/acme/api:1'], isNot: ['kn service list'] },
  }),
];

/** `create deployment --image`, `create -f`; other kinds of things hold no image. */
function created(call: CallBase) {
  const images = argumentsOf(optionValues(call, 'image'), 'reference');
  const sources = optionValues(call, 'filename', 'kustomize');
  return images.length + sources.length === 0 ? undefined : deploy(call, 'Kubernetes', { images, sources });
}

const helmValues =
  'a,api-versions atomic-timeout ca-file cert-file description f,values history-max kube-context kubeconfig key-file keyring ' +
  'labels l n,namespace name-template o,output password post-renderer post-renderer-args repo set set-file set-json set-literal ' +
  'set-string timeout username version C x';

function helm(call: CallBase) {
  const chart = call.positionals[1] ?? call.positionals[0];
  return deploy(call, 'Kubernetes', {
    images: optionValues(call, 'set', 'set-string', 'set-literal').flatMap(helmImages),
    ...(chart && { sources: [chart] }),
  });
}

/** The images in `api.image.repository=x,api.image.tag=y`. */
function helmImages(word: ShellWord): readonly ImageArgument[] {
  return pieces(word).flatMap(({ start, end }) => {
    const piece = sliceWord(word, start, end);
    const equals = piece.text.indexOf('=');
    const part = equals < 0 ? undefined : partOfKey(piece.text.slice(0, equals));
    if (!part) return [];
    return [{ ...part, value: sliceWord(piece, equals + 1) }];
  });
}

/** What a key of chart values says of an image: `api.image.tag` of `api.image` the tag. */
export function partOfKey(key: string): Pick<ImageArgument, 'part' | 'group'> | undefined {
  const path = key.trim().replace(/^\.+/, '').replaceAll('"', '');
  const [, above = '', last = ''] = /^(?:(.*)\.)?([^.]+)$/.exec(path) ?? [];
  if (/^(?:image_?)?tag$|imageTag$|_image_tag$/i.test(last) && !/git|source|branch/i.test(above))
    return { part: 'tag', group: above };
  if (last === 'version' && /image$/i.test(above)) return { part: 'tag', group: above };
  if (/^(?:image_?)?(?:digest|sha)$|imageDigest$/i.test(last)) return { part: 'digest', group: above };
  if (/^(?:image_?)?(?:repository|repo|name)$/i.test(last) && (/image$/i.test(above) || /^image/i.test(last)))
    return { part: 'name', group: above };
  if (/image$/i.test(last)) return { part: 'reference', group: path };
  return undefined;
}

/** The parts between commas that no backslash stands before, nor braces hold. */
function pieces({ text }: ShellWord): readonly { start: number; end: number }[] {
  const found: { start: number; end: number }[] = [];
  let start = 0;
  let depth = 0;
  for (let at = 0; at <= text.length; at++) {
    const sign = text[at];
    if (sign === '{' || sign === '(') depth++;
    else if (sign === '}' || sign === ')') depth--;
    if (at < text.length && (sign !== ',' || depth > 0 || text[at - 1] === '\\')) continue;
    if (at > start) found.push({ start, end: at });
    start = at + 1;
  }
  return found;
}

const charts: readonly ToolRow[] = [
  row({
    calls: ['helm upgrade', 'helm install', 'helm secrets upgrade', 'helm secrets install'],
    does: 'deploy',
    options: { values: helmValues, switches: 'i,install g,generate-name' },
    read: helm,
    examples: {
      is: [
        'helm upgrade --install api ./chart --set image.tag=1.2.3',
        'helm -n shop upgrade api oci://ghcr.io/acme/charts/api --version 1 --set-string api.image.tag=1',
      ],
      isNot: ['helm template api ./chart', 'helm lint ./chart', 'helm package ./chart'],
    },
  }),
  row({
    calls: ['helmfile apply', 'helmfile sync'],
    does: 'deploy',
    options: {
      values: 'set state-values-set values state-values-file f,file e,environment l,selector args n,namespace',
    },
    read: (call) =>
      deploy(call, 'Kubernetes', { images: optionValues(call, 'set', 'state-values-set').flatMap(helmImages) }),
    examples: {
      is: ['helmfile -e prod apply', 'helmfile sync --state-values-set image.tag=1'],
      isNot: ['helmfile diff'],
    },
  }),
  row({
    calls: ['kustomize edit set image'],
    does: 'deploy',
    options: { values: '' },
    read: (call) => deploy(call, 'Kubernetes', { effect: 'files', images: call.positionals.flatMap(kustomizeImage) }),
    examples: {
      is: ['kustomize edit set image api=ghcr.io/acme/api:1', 'kustomize edit set image ghcr.io/acme/api@sha256:1'],
      isNot: ['kustomize edit set namespace shop', 'kustomize build .'],
    },
  }),
];

/** `name=newname:tag`, `name:tag`, `name=newname@digest` */
function kustomizeImage(word: ShellWord): readonly ImageArgument[] {
  const renamed = assigned(word, 'reference');
  return renamed.length > 0 ? renamed : [{ part: 'reference', value: word }];
}

const skaffold = {
  values:
    'a,build-artifacts i,images t,tag d,default-repo p,profile n,namespace f,filename kube-context l,label m,module',
};

const controllers: readonly ToolRow[] = [
  row({
    calls: ['argocd app set', 'argocd app create'],
    does: 'deploy',
    options: {
      values:
        'kustomize-image helm-set helm-set-string helm-set-file p,parameter plugin-env revision path repo dest-server ' +
        'dest-namespace dest-name project values sync-policy source-position source-name f,file app-namespace N auth-token server',
    },
    read: (call) => {
      const images = [
        ...optionValues(call, 'kustomize-image').flatMap(kustomizeImage),
        ...optionValues(call, 'helm-set', 'helm-set-string', 'parameter').flatMap(helmImages),
      ];
      return images.length === 0 ? undefined : deploy(call, 'Argo CD', { images });
    },
    examples: {
      is: [
        'argocd app set api --kustomize-image api=ghcr.io/acme/api:1',
        'argocd app set api -p image.tag=1 --server argo.acme.example',
      ],
      isNot: ['argocd app set api --sync-policy none', 'argocd app get api', 'argocd login argo.acme.example'],
    },
  }),
  row({
    calls: ['argocd app sync'],
    does: 'deploy',
    options: { values: 'revision timeout resource label l,selector retry-limit strategy local auth-token server' },
    read: (call) => deploy(call, 'Argo CD', {}),
    examples: { is: ['argocd app sync api --prune'], isNot: ['argocd app wait api', 'argocd app diff api'] },
  }),
  row({
    calls: ['flux reconcile kustomization', 'flux reconcile helmrelease', 'flux reconcile ks', 'flux reconcile hr'],
    does: 'deploy',
    options: { values: 'n,namespace context kubeconfig timeout' },
    read: (call) => deploy(call, 'Flux', {}),
    examples: { is: ['flux reconcile kustomization apps --with-source'], isNot: ['flux reconcile source git apps'] },
  }),
  row({
    calls: ['skaffold deploy', 'skaffold apply'],
    does: 'deploy',
    options: skaffold,
    read: (call) => deploy(call, 'Kubernetes', { images: argumentsOf(optionValues(call, 'images'), 'reference') }),
    examples: { is: ['skaffold deploy --images ghcr.io/acme/api:1'], isNot: ['skaffold build', 'skaffold render'] },
  }),
  row({
    calls: ['skaffold run'],
    does: 'deploy',
    options: skaffold,
    read: (call) => deploy(call, 'Kubernetes', { of: 'code' }),
    examples: { is: ['skaffold run -p prod'], isNot: ['skaffold deploy'] },
  }),
];

export const deployments: readonly ToolRow[] = [
  ...kubernetes,
  ...charts,
  ...controllers,
  ...deployClouds,
  ...deployCode,
];
