/** What an action of another repository does with the image that it is given. */
export interface ProofAction {
  readonly does: 'sign' | 'verify' | 'scan';
  readonly verifies?: 'signature' | 'attestation';
  /** Inputs that name the images. */
  readonly inputs: readonly string[];
  /** A scan that fails only where one of these inputs is set to something else than the values behind it. */
  readonly failsBy?: Readonly<Record<string, readonly string[]>>;
  /** A scan that fails unless one of these inputs is set to `false`. */
  readonly failsUnless?: string;
}

/** By `owner/repository/path`, in lower case. Sources: the `action.yml` of each. */
export const proofActions: Readonly<Record<string, ProofAction>> = {
  'notaryproject/notation-action/sign': { does: 'sign', inputs: ['target_artifact_reference'] },
  'notaryproject/notation-action/verify': {
    does: 'verify',
    verifies: 'signature',
    inputs: ['target_artifact_reference'],
  },
  'aquasecurity/trivy-action': { does: 'scan', inputs: ['image-ref'], failsBy: { 'exit-code': ['', '0'] } },
  'anchore/scan-action': { does: 'scan', inputs: ['image'], failsUnless: 'fail-build' },
  'docker/scout-action': { does: 'scan', inputs: ['image'], failsBy: { 'exit-code': ['', 'false'] } },
  'snyk/actions/docker': { does: 'scan', inputs: ['image'] },
  'azure/container-scan': { does: 'scan', inputs: ['image-name'] },
  'erzz/dockle-action': { does: 'scan', inputs: ['image'], failsBy: { 'exit-code': ['', '0'] } },
  'goodwithtech/dockle-action': { does: 'scan', inputs: ['image'], failsBy: { 'exit-code': ['', '0'] } },
  'sysdiglabs/scan-action': { does: 'scan', inputs: ['image-tag'] },
  'crowdstrike/container-image-scan-action': { does: 'scan', inputs: ['container_repository'] },
  'google/osv-scanner-action/osv-scanner-action': { does: 'scan', inputs: [] },
};
