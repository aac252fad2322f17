import { withCalledSteps } from './instances.ts';
import type { JobInstance } from './model.ts';

/** Actions that make a cluster which lives as long as the job. */
const clusterActions =
  /^(?:helm\/kind-action|engineerd\/setup-kind|container-tools\/kind-action|chainguard-dev\/actions\/setup-(?:kind|k3s)|medyagh\/setup-minikube|manusa\/actions-setup-minikube|absaoss\/k3d-action|nolar\/setup-k3d-k3s|rinx\/setup-k3d|jupyterhub\/action-k3s-helm|debianmaster\/actions-k3s|balchua\/microk8s-actions|canonical\/(?:actions-operator|microk8s\S*)|replicatedhq\/(?:compatibility-actions|replicated-actions)\/create-cluster|lablabs\/setup-kwok|insightsengineering\/k3d-action|palmsoftware\/quick-k8s|little-angry-clouds\/\S*kind\S*|ko-build\/\S*kind\S*|kubernetes-sigs\/kind\S*|azure\/setup-minikube)$/;

/** Commands that make one, or speak to it. */
const clusterCommands =
  /\bkind\s+(?:create|load|get|export|build|delete)\b|\bk3d\s+(?:cluster|image|kubeconfig)\b|\bminikube\s+\w|\bk3s\s+(?:server|kubectl|ctr)\b|get\.k3s\.io|\bmicrok8s\b|\bctlptl\s|\bkwokctl\s|\btalosctl\s+cluster\b|\bk0s\s|--context[= ]["']?(?:kind|k3d|minikube|docker-desktop)\b|\bmake\s[^\n]{0,200}(?:kind|k3d|k3s|minikube|e2e)|\bdocker\s+load\b[^\n]{1,100}minikube/;

/** A cluster of a cloud that a job makes and, where it does, deletes. */
const cloudClusters =
  /\b(?:gcloud\s+(?:beta\s+)?container\s+clusters\s+create|eksctl\s+create\s+cluster|az\s+aks\s+create|doctl\s+kubernetes\s+cluster\s+create|civo\s+kubernetes\s+create|vcluster\s+create|linode-cli\s+lke\s+cluster-create)\b/;

const clusterScripts =
  /(?:^|[/\s"'])[\w./-]{0,200}(?:kind|k3d|minikube|k3s)[\w-]{0,40}(?:\.sh|\b-?(?:up|setup|cluster))\b/;

/** Whether a job has a cluster of its own, to test in: nothing of it outlives the job. */
export function hasOwnCluster(job: JobInstance): boolean {
  return withCalledSteps(job.steps).some(({ step }) => {
    const { uses, run } = step;
    const name = [uses?.owner, uses?.repository, uses?.path].filter(Boolean).join('/').toLowerCase();
    if (uses && (clusterActions.test(name) || /(?:^|[/-])(?:kind|k3d|k3s|minikube)(?:[/-]|$)/.test(uses.path ?? '')))
      return true;
    return run !== undefined && isOwnCluster(run.value);
  });
}

/** The same for the text of a script. */
export function isOwnCluster(text: string): boolean {
  return clusterCommands.test(text) || cloudClusters.test(text) || clusterScripts.test(text);
}

const testWords =
  /(?:^|[\W_])(?:e2e|end-?to-?end|integration-?tests?|conformance|smoke-?tests?|tests?|testing)(?:[\W_]|$)/i;
const deployWords = /deploy|release|publish|promot|rollout|prod|staging|deliver|ship/i;

/** A job that only tests, by its name or that of its workflow, and has no environment. */
export function isTestJob({ job, workflow }: JobInstance): boolean {
  if (job.environment) return false;
  const file = workflow.file.path.slice(workflow.file.path.lastIndexOf('/') + 1).replace(/\.ya?ml$/, '');
  if (deployWords.test(job.id)) return false;
  return testWords.test(job.id) || (testWords.test(file) && !deployWords.test(file));
}
