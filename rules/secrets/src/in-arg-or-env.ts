import { defineRule } from '@plimsoll/core';
import type { BuildVariable } from '@plimsoll/core';

export const inArgOrEnv = defineRule({
  id: 'secrets/in-arg-or-env',
  summary: 'An ARG or ENV is named like a credential, or holds one.',
  why: 'ENV stands in the configuration of the image, the value of an ARG in its history and provenance. Whoever can pull the image can read them, also when a later layer unsets them.',
  limits:
    'Names are read by whole words; names of files, addresses, public keys and versions are fine. An ARG that a workflow fills from a secret is the matter of secrets/in-build-arg.',
  since: '0.1.0',
  severity: 'error',
  presets: ['recommended', 'strict'],
  references: [
    'BuildKit check: SecretsUsedInArgOrEnv',
    'CWE-538: Insertion of sensitive information into externally-accessible file',
  ],
  visits: 'buildVariable',
  examples: {
    bad: [
      {
        Dockerfile:
          'FROM scratch\nARG «NPM_TOKEN»\nENV SESSION_SECRET_FILE=/run/secrets/session\nENV «SESSION_SECRET=change-me-later»\n',
      },
    ],
    good: [
      {
        Dockerfile:
          'FROM scratch\nARG AUTHOR="Platform team"\nENV TOKEN_URL=https://login.example.com/token JWT_PUBLIC_KEY=/etc/jwt.pub\nRUN --mount=type=secret,id=npm_token,env=NODE_AUTH_TOKEN npm ci\n',
      },
    ],
  },
  check(build, report) {
    const { credential, kind, variable, flows, copies } = build;
    if (!credential || isOfAnotherFinding(build)) return;
    const value = variable.value
      ? `${kind} ${variable.name} ${credential.by === 'name' ? 'is named like a credential' : `holds ${credential.what}`}`
      : `${kind} ${variable.name} is named like a credential`;
    report({
      at: variable.range,
      message: `${value}: what it is given stays in the ${kind === 'ENV' ? 'configuration of the image' : 'history and provenance of the image'}, for everyone who can pull it`,
      help: mountForm(variable.name),
      related: [
        ...(copies ? [{ at: copies.variable.range, label: 'the ARG that it copies' }] : []),
        ...flows.map((f) => ({ at: f.range, label: 'filled here' })),
      ],
    });
  },
});

/** An ARG that a secret flows into is told at the build-arg; an ENV that copies an ARG is told at the ARG. */
function isOfAnotherFinding({ flows, copies }: BuildVariable): boolean {
  return flows.length > 0 || (copies !== undefined && (copies.credential !== undefined || copies.flows.length > 0));
}

function mountForm(name: string): string {
  const id = name.toLowerCase();
  return `Use it in the RUN that needs it as RUN --mount=type=secret,id=${id},env=${name}, and build with --secret id=${id},env=${name}; what the running container needs is given at run time`;
}
