/** One Dockerfile, and what its build is given: the value under test as the build-arg TOKEN or as the secret `token`. */
export interface Shape {
  readonly name: string;
  /** `FROM base` is a stage with a shell and busybox. */
  readonly dockerfile: string;
  readonly gives: 'build-arg' | 'secret';
  readonly target?: string;
  /** `max` unless it says otherwise. */
  readonly provenance?: 'min' | 'max' | 'none';
}

const arg = (name: string, ...lines: readonly string[]): Shape => ({
  name,
  gives: 'build-arg',
  dockerfile: `${lines.join('\n')}\n`,
});
const secret = (name: string, ...lines: readonly string[]): Shape => ({
  name,
  gives: 'secret',
  dockerfile: `${lines.join('\n')}\n`,
});
const mount = 'RUN --mount=type=secret,id=token';

export const shapes: readonly Shape[] = [
  arg('passed and declared by no stage', 'FROM base', 'RUN echo a > /a'),
  arg('declared and not used', 'FROM base', 'ARG TOKEN', 'RUN echo a > /a'),
  { ...arg('declared, with mode=min', 'FROM base', 'ARG TOKEN', 'RUN echo a > /a'), provenance: 'min' },
  { ...arg('declared, with no provenance', 'FROM base', 'ARG TOKEN', 'RUN echo a > /a'), provenance: 'none' },
  arg('declared before the first FROM alone', 'ARG TOKEN', 'FROM base', 'RUN echo a > /a'),
  {
    ...arg('declared before the first FROM alone, mode=min', 'ARG TOKEN', 'FROM base', 'RUN echo a > /a'),
    provenance: 'min',
  },
  arg(
    'declared in a builder',
    'FROM base AS build',
    'ARG TOKEN',
    'RUN echo a > /a',
    'FROM base',
    'COPY --from=build /a /a',
  ),
  {
    ...arg(
      'declared in a builder, mode=min',
      'FROM base AS build',
      'ARG TOKEN',
      'RUN echo a > /a',
      'FROM base',
      'COPY --from=build /a /a',
    ),
    provenance: 'min',
  },
  {
    ...arg(
      'declared in the parent stage, mode=min',
      'FROM base AS parent',
      'ARG TOKEN',
      'RUN echo a > /a',
      'FROM parent',
      'RUN echo b > /b',
    ),
    provenance: 'min',
  },
  {
    ...arg(
      'a builder as the target, mode=min',
      'FROM base AS build',
      'ARG TOKEN',
      'RUN echo a > /a',
      'FROM base',
      'COPY --from=build /a /a',
    ),
    target: 'build',
    provenance: 'min',
  },
  { ...arg('copied by ENV, mode=min', 'FROM base', 'ARG TOKEN', 'ENV AUTH=$TOKEN'), provenance: 'min' },
  {
    ...arg(
      'copied by ENV in a builder, mode=min',
      'FROM base AS build',
      'ARG TOKEN',
      'ENV AUTH=$TOKEN',
      'RUN echo a > /a',
      'FROM base',
      'COPY --from=build /a /a',
    ),
    provenance: 'min',
  },
  { ...arg('copied by LABEL, mode=min', 'FROM base', 'ARG TOKEN', 'LABEL key=$TOKEN'), provenance: 'min' },
  arg('written', 'FROM base', 'ARG TOKEN', 'RUN echo "auth=${TOKEN}" > /auth'),
  arg(
    'written and deleted by a later RUN',
    'FROM base',
    'ARG TOKEN',
    'RUN echo "auth=${TOKEN}" > /auth',
    'RUN rm /auth',
  ),
  arg('written and deleted in one RUN', 'FROM base', 'ARG TOKEN', 'RUN echo "auth=${TOKEN}" > /auth && rm -f /auth'),
  arg('written and emptied in one RUN', 'FROM base', 'ARG TOKEN', 'RUN echo "auth=${TOKEN}" > /auth && echo > /auth'),
  arg('written and moved', 'FROM base', 'ARG TOKEN', 'RUN echo $TOKEN > /auth && mv /auth /auth2'),
  arg('written by tee', 'FROM base', 'ARG TOKEN', 'RUN echo $TOKEN | tee /auth > /dev/null'),
  arg(
    'written through a shell variable',
    'FROM base',
    'ARG TOKEN',
    'RUN X="key $TOKEN"; Y=$X; printf "%s" "$Y" >> /auth',
  ),
  arg('written by a heredoc RUN', 'FROM base', 'ARG TOKEN', 'RUN <<EOF', 'echo $TOKEN > /auth', 'EOF'),
  arg(
    'written by cat and a here-document',
    'FROM base',
    'ARG TOKEN',
    'RUN <<EOF',
    'cat > /auth <<END',
    'key $TOKEN',
    'END',
    'EOF',
  ),
  arg('written by COPY from a heredoc', 'FROM base', 'ARG TOKEN', 'COPY <<EOF /auth', 'key $TOKEN', 'EOF'),
  arg('a quoted COPY heredoc', 'FROM base', 'ARG TOKEN', "COPY <<'EOF' /auth", 'key $TOKEN', 'EOF'),
  arg('written by sed', 'FROM base', 'ARG TOKEN', 'RUN echo KEY > /t && sed "s/KEY/$TOKEN/" /t > /auth'),
  arg('written by sed -i', 'FROM base', 'ARG TOKEN', 'RUN echo KEY > /auth && sed -i "s/KEY/$TOKEN/" /auth'),
  arg('written to a tmpfs', 'FROM base', 'ARG TOKEN', 'RUN --mount=type=tmpfs,target=/t echo $TOKEN > /t/auth'),
  arg('written to a cache', 'FROM base', 'ARG TOKEN', 'RUN --mount=type=cache,target=/c echo $TOKEN > /c/auth'),
  arg('its length is written', 'FROM base', 'ARG TOKEN', 'RUN echo ${#TOKEN} > /auth'),
  arg('its hash is written', 'FROM base', 'ARG TOKEN', 'RUN echo $TOKEN | sha256sum > /auth'),
  arg(
    'written in a builder',
    'FROM base AS build',
    'ARG TOKEN',
    'RUN echo $TOKEN > /auth',
    'FROM base',
    'COPY --from=build /bin/busybox /b',
  ),
  arg(
    'written in a builder and copied',
    'FROM base AS build',
    'ARG TOKEN',
    'RUN mkdir /d && echo $TOKEN > /d/auth',
    'FROM base',
    'COPY --from=build /d /d',
  ),
  arg(
    'written in a builder, deleted, its folder copied',
    'FROM base AS build',
    'ARG TOKEN',
    'RUN mkdir /d && echo $TOKEN > /d/auth',
    'RUN rm /d/auth',
    'FROM base',
    'COPY --from=build /d /d',
  ),
  arg(
    'copied through two stages',
    'FROM base AS a',
    'ARG TOKEN',
    'RUN mkdir /d && echo $TOKEN > /d/auth',
    'FROM base AS b',
    'COPY --from=a /d /e',
    'FROM base',
    'COPY --from=b /e /f',
  ),
  secret('mounted and not read', 'FROM base', `${mount} echo a > /a`),
  secret('mounted and read', 'FROM base', `${mount} cat /run/secrets/token > /dev/null`),
  secret('mounted and printed', 'FROM base', `${mount} cat /run/secrets/token`),
  secret('mounted and copied', 'FROM base', `${mount} cp /run/secrets/token /auth`),
  secret(
    'mounted and copied, deleted by a later RUN',
    'FROM base',
    `${mount} cp /run/secrets/token /auth`,
    'RUN rm /auth',
  ),
  secret('mounted, copied and deleted in one RUN', 'FROM base', `${mount} cp /run/secrets/token /auth && rm /auth`),
  secret(
    'mounted at its place',
    'FROM base',
    'RUN --mount=type=secret,id=token,target=/root/.npmrc cat /root/.npmrc > /dev/null',
  ),
  secret(
    'mounted as a variable and not written',
    'FROM base',
    'RUN --mount=type=secret,id=token,env=TOKEN test -n "$TOKEN"',
  ),
  secret(
    'mounted as a variable and written',
    'FROM base',
    'RUN --mount=type=secret,id=token,env=TOKEN echo "key=$TOKEN" > /auth',
  ),
  secret(
    'read into a variable and written',
    'FROM base',
    `${mount} X=$(cat /run/secrets/token); echo "key=$X" > /auth`,
  ),
  secret('redirected into a file', 'FROM base', `${mount} cat < /run/secrets/token > /auth`),
  secret(
    'written in a builder',
    'FROM base AS build',
    `${mount} cp /run/secrets/token /auth && echo a > /a`,
    'FROM base',
    'COPY --from=build /a /a',
  ),
  secret(
    'written in a builder and copied',
    'FROM base AS build',
    `${mount} cp /run/secrets/token /auth`,
    'FROM base',
    'COPY --from=build /auth /auth',
  ),
  secret(
    'written in the parent stage and deleted',
    'FROM base AS parent',
    `${mount} cp /run/secrets/token /auth`,
    'FROM parent',
    'RUN rm /auth',
  ),
];

export const base =
  'FROM scratch AS base\nCOPY busybox /bin/busybox\nRUN ["/bin/busybox", "--install", "-s", "/bin"]\n';
/** The whole of a Dockerfile: a global ARG has to stand before the base. */
export function wholeOf({ dockerfile }: Shape): string {
  const isGlobal = dockerfile.startsWith('ARG ');
  const end = dockerfile.indexOf('\n') + 1;
  return isGlobal ? dockerfile.slice(0, end) + base + dockerfile.slice(end) : base + dockerfile;
}
