import { lastOption } from '@plimsoll/documents';
import type { CallBase, VerifyCall } from './model.ts';
import { given, subjectsOf, valueOf } from './parts.ts';
import { row } from './row.ts';
import type { ToolRow } from './row.ts';

const registryValues =
  'attachment-tag-prefix registry-username registry-password registry-token registry-cacert registry-client-cert ' +
  'registry-client-key registry-server-name k8s-keychain-namespace registry-referrers-mode output-file t,timeout';
const signValues =
  `${registryValues} a,annotations attachment bundle certificate certificate-chain fulcio-url fulcio-auth-flow identity-token ` +
  'issue-certificate-for key oidc-client-id oidc-client-secret-file oidc-issuer oidc-provider oidc-redirect-url output ' +
  'output-attestation output-certificate output-payload output-signature payload platform predicate predicate-type rekor-url ' +
  'rekor-entry-type rfc3161-timestamp sign-container-identity signature signing-algorithm signing-config slot statement ' +
  'timestamp-client-cacert timestamp-client-cert timestamp-client-key timestamp-server-name timestamp-server-url ' +
  'trusted-root type hash';
const verifyValues =
  `${registryValues} a,annotations attachment bundle ca-intermediates ca-roots certificate certificate-chain ` +
  'certificate-github-workflow-name certificate-github-workflow-ref certificate-github-workflow-repository ' +
  'certificate-github-workflow-sha certificate-github-workflow-trigger certificate-identity certificate-identity-regexp ' +
  'certificate-oidc-issuer certificate-oidc-issuer-regexp digest digestAlg key max-workers o,output payload policy rekor-url ' +
  'rfc3161-timestamp sct signature signature-digest-algorithm slot timestamp-certificate-chain trusted-root type';
const signSwitches = 'r,recursive f,force y,yes d,verbose';

const key = (call: CallBase) => {
  const option = lastOption(call, 'key');
  return option ? { key: option } : {};
};

const predicate = (call: CallBase) =>
  given({ predicate: valueOf(call, 'predicate', 'statement'), predicateType: valueOf(call, 'type', 'predicate-type') });

const verify = (call: CallBase, verifies: VerifyCall['verifies'], of: VerifyCall['of']) => ({
  verifies,
  ...subjectsOf(call.positionals, of),
  ...key(call),
});

const cosign: readonly ToolRow[] = [
  row({
    calls: ['cosign sign'],
    does: 'sign',
    options: { values: signValues, switches: signSwitches },
    read: (call) => ({ ...subjectsOf(call.positionals, 'image'), ...key(call) }),
    examples: {
      is: ['cosign sign --yes ghcr.io/acme/app@sha256:1'],
      isNot: ['cosign sign-blob f', 'cosign verify app'],
    },
  }),
  row({
    calls: ['cosign sign-blob'],
    does: 'sign',
    options: { values: signValues, switches: signSwitches },
    read: (call) => ({ ...subjectsOf(call.positionals, 'file'), ...key(call) }),
    examples: { is: ['cosign sign-blob --bundle b.json checksums.txt'], isNot: ['cosign sign app'] },
  }),
  row({
    calls: ['cosign attest'],
    does: 'attest',
    options: { values: signValues, switches: signSwitches },
    read: (call) => ({ ...subjectsOf(call.positionals, 'image'), ...key(call), ...predicate(call) }),
    examples: {
      is: ['cosign attest --yes --type spdxjson --predicate sbom.json ghcr.io/acme/app@sha256:1'],
      isNot: ['cosign attach sbom app', 'cosign attest-blob f'],
    },
  }),
  row({
    calls: ['cosign attest-blob'],
    does: 'attest',
    options: { values: signValues, switches: signSwitches },
    read: (call) => ({ ...subjectsOf(call.positionals, 'file'), ...key(call), ...predicate(call) }),
    examples: {
      is: ['cosign attest-blob --predicate p.json --type slsaprovenance1 app.tgz'],
      isNot: ['cosign attest app'],
    },
  }),
  row({
    calls: ['cosign verify'],
    does: 'verify',
    options: { values: verifyValues, switches: 'd,verbose' },
    read: (call) => verify(call, 'signature', 'image'),
    examples: {
      is: ['cosign verify --certificate-identity-regexp x --certificate-oidc-issuer y ghcr.io/acme/app@sha256:1'],
      isNot: ['cosign verify-attestation app', 'cosign tree app'],
    },
  }),
  row({
    calls: ['cosign verify-attestation'],
    does: 'verify',
    options: { values: verifyValues, switches: 'd,verbose' },
    read: (call) => verify(call, 'attestation', 'image'),
    examples: { is: ['cosign verify-attestation --type slsaprovenance1 app@sha256:1'], isNot: ['cosign verify app'] },
  }),
  row({
    calls: ['cosign verify-blob'],
    does: 'verify',
    options: { values: verifyValues, switches: 'd,verbose' },
    read: (call) => verify(call, 'signature', 'file'),
    examples: { is: ['cosign verify-blob --bundle b.json checksums.txt'], isNot: ['cosign verify app'] },
  }),
  row({
    calls: ['cosign verify-blob-attestation'],
    does: 'verify',
    options: { values: verifyValues, switches: 'd,verbose' },
    read: (call) => verify(call, 'attestation', 'file'),
    examples: { is: ['cosign verify-blob-attestation --bundle b.json app.tgz'], isNot: ['cosign verify-blob app.tgz'] },
  }),
];

function ghVerify(call: CallBase) {
  const image = call.positionals[0]?.text.startsWith('oci://') === true;
  return verify({ ...call, positionals: call.positionals.slice(0, 1) }, 'attestation', image ? 'image' : 'file');
}

const slsaValues =
  'attestations-path build-workflow-input builder-id package-name package-version provenance-path provenance-repository ' +
  'resource-uri source-branch source-tag source-uri source-versioned-tag subject-digest verified-level verifier-id ' +
  'attestation-path public-key-hash-algo public-key-id public-key-path';

const notationValues =
  'certificate-file e,expiry id k,key max-signatures oci-layout-path p,password plugin plugin-config scope signature-format ' +
  'target-artifact timestamp-root-cert timestamp-url u,username m,user-metadata';

const others: readonly ToolRow[] = [
  row({
    calls: ['gh attestation verify', 'gh at verify'],
    does: 'verify',
    options: {
      values:
        'b,bundle cert-identity i,cert-identity-regex cert-oidc-issuer custom-trusted-root d,digest-alg format hostname q,jq ' +
        'L,limit o,owner predicate-type R,repo signer-digest signer-repo signer-workflow source-digest source-ref t,template',
    },
    read: ghVerify,
    examples: {
      is: [
        'gh attestation verify oci://ghcr.io/acme/app@sha256:1 -R acme/app',
        'gh attestation verify app.tgz --owner acme',
      ],
      isNot: ['gh attestation download app.tgz', 'gh release verify v1'],
    },
  }),
  row({
    calls: ['slsa-verifier verify-image'],
    does: 'verify',
    options: { values: slsaValues },
    read: (call) => verify(call, 'attestation', 'image'),
    examples: {
      is: [
        'slsa-verifier verify-image app@sha256:1 --source-uri github.com/acme/app',
        './slsa-verifier-linux-amd64 verify-image app@sha256:1 --source-uri github.com/acme/app',
      ],
      isNot: ['slsa-verifier version', 'slsa-verifier verify-artifact f'],
    },
  }),
  row({
    calls: [
      'slsa-verifier verify-artifact',
      'slsa-verifier verify-npm-package',
      'slsa-verifier verify-vsa',
      'slsa-verifier verify-github-attestation',
    ],
    does: 'verify',
    options: { values: slsaValues },
    read: (call) => verify(call, 'attestation', 'file'),
    examples: {
      is: ['slsa-verifier verify-artifact app.tgz --provenance-path p.jsonl --source-uri github.com/acme/app'],
      isNot: ['slsa-verifier verify-image app'],
    },
  }),
  row({
    calls: ['notation sign'],
    does: 'sign',
    options: { values: notationValues, switches: 'd,debug v,verbose' },
    read: (call) => ({ ...subjectsOf(call.positionals, 'image'), ...key(call) }),
    examples: { is: ['notation sign --key k ghcr.io/acme/app@sha256:1'], isNot: ['notation list app'] },
  }),
  row({
    calls: ['sigstore verify identity', 'sigstore verify github'],
    does: 'verify',
    options: {
      values:
        'bundle cert-identity cert-oidc-issuer certificate ref repository sha signature trigger workflow trust-config rekor-url',
      switches: 'v,verbose',
    },
    read: (call) => verify(call, 'signature', 'file'),
    examples: {
      is: [
        'python -m sigstore verify identity --cert-identity me@acme.example --cert-oidc-issuer https://accounts.acme.example app.tgz',
      ],
      isNot: ['sigstore sign app.tgz'],
    },
  }),
  row({
    calls: ['notation verify'],
    does: 'verify',
    options: { values: notationValues, switches: 'd,debug v,verbose' },
    read: (call) => verify(call, 'signature', 'image'),
    examples: { is: ['notation verify ghcr.io/acme/app@sha256:1'], isNot: ['notation policy show'] },
  }),
];

export const signing: readonly ToolRow[] = [...cosign, ...others];
