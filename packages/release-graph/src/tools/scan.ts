import { lastOption, literalText } from '@plimsoll/documents';
import type { ArgumentSpec } from '@plimsoll/documents';
import type { CallBase, ScanCall } from './model.ts';
import { isOn } from './parts.ts';
import { row } from './row.ts';
import type { ToolRow } from './row.ts';

/** How a scanner says with its exit code what it found. */
type Failing = (call: CallBase) => ScanCall['fails'];

/** Only with a code that is not 0: `--exit-code 1`. */
const withCode =
  (name: string): Failing =>
  (call) => {
    const option = lastOption(call, name);
    if (!option) return false;
    if (!option.value) return true;
    const code = literalText(option.value);
    return code === undefined ? 'unknown' : code !== '0' && code !== '';
  };

/** Only where an option asks for it: `--fail-on high`. */
const whenAsked =
  (...names: readonly string[]): Failing =>
  (call) =>
    names.some((name) => lastOption(call, name) !== undefined);

const always: Failing = () => true;

function scan(
  calls: ToolRow['calls'],
  of: ScanCall['of'],
  options: ArgumentSpec,
  fails: Failing,
  examples: ToolRow['examples'],
) {
  return row({
    calls,
    does: 'scan',
    options,
    read: (call) =>
      isOn(lastOption(call, 'version')) === true
        ? undefined
        : { of, subjects: call.positionals.slice(0, 1), fails: fails(call) },
    examples,
  });
}

const trivyOptions: ArgumentSpec = {
  values:
    'cache-dir cache-backend c,config config-check config-data db-repository java-db-repository exit-code exit-on-eol file-patterns ' +
    'f,format ignore-policy ignore-status ignorefile image-src input k8s-version list-all-pkgs module-dir o,output parallel ' +
    'pkg-types pkg-relationships platform podman-host registry-token rekor-url sbom-sources scanners security-checks server s,severity ' +
    'skip-dirs skip-files t,template timeout token tf-vars username password vuln-type vex compliance report distro ' +
    'helm-set helm-values include-namespaces policy trace branch commit tag region service account',
  switches: 'd,debug q,quiet',
};

const snykOptions: ArgumentSpec = {
  values:
    'severity-threshold fail-on file f,target-file org project-name policy-path platform username password json-file-output ' +
    'sarif-file-output package-manager target-reference remote-repo-url report command d exclude detection-depth',
};

export const scanners: readonly ToolRow[] = [
  scan(['trivy image', 'trivy i'], 'image', trivyOptions, withCode('exit-code'), {
    is: ['trivy image --exit-code 1 --severity HIGH,CRITICAL ghcr.io/acme/api@sha256:1'],
    isNot: ['trivy fs .', 'trivy version'],
  }),
  scan(
    [
      'trivy fs',
      'trivy filesystem',
      'trivy repo',
      'trivy repository',
      'trivy rootfs',
      'trivy config',
      'trivy sbom',
      'trivy conf',
    ],
    'files',
    trivyOptions,
    withCode('exit-code'),
    {
      is: ['trivy fs --scanners vuln .', 'trivy config --exit-code 1 deploy/'],
      isNot: ['trivy image api', 'trivy plugin list'],
    },
  ),
  scan(
    ['grype'],
    'unknown',
    {
      values:
        'o,output f,fail-on c,config file platform s,scope t,template add-cpes-if-none by-cve distro exclude name vex',
    },
    whenAsked('fail-on'),
    { is: ['grype ghcr.io/acme/api:1 --fail-on high'], isNot: ['syft ghcr.io/acme/api:1'] },
  ),
  scan(
    [
      'docker scout cves',
      'docker scout compare',
      'docker scout quickview',
      'docker scout recommendations',
      'docker scout policy',
    ],
    'image',
    {
      values:
        'format o,output only-severity platform ref only-package only-base only-stage to env stream org x,exit-on',
      switches: 'e,exit-code',
    },
    whenAsked('exit-code', 'exit-on'),
    {
      is: ['docker scout cves ghcr.io/acme/api:1 --exit-code --only-severity critical'],
      isNot: ['docker scout version'],
    },
  ),
  scan(['snyk container test'], 'image', snykOptions, always, {
    is: ['snyk container test ghcr.io/acme/api:1 --file=Dockerfile'],
    isNot: ['snyk container monitor api', 'snyk auth'],
  }),
  scan(['snyk test', 'snyk iac test', 'snyk code test'], 'files', snykOptions, always, {
    is: ['snyk test --severity-threshold=high', 'npx snyk code test'],
    isNot: ['snyk monitor', 'snyk auth'],
  }),
  scan(
    ['dockle'],
    'image',
    { values: 'exit-code exit-level i,ignore f,format o,output input a,accept-key' },
    withCode('exit-code'),
    {
      is: ['dockle --exit-code 1 ghcr.io/acme/api:1'],
      isNot: ['docker images'],
    },
  ),
  scan(
    ['osv-scanner', 'osv-scanner scan'],
    'files',
    { values: 'f,format config L,lockfile S,sbom output D,docker' },
    always,
    {
      is: ['osv-scanner --lockfile package-lock.json', 'osv-scanner scan -r .'],
      isNot: ['scanner x'],
    },
  ),
];
