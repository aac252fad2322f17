/**
 * An image name by the grammar of distribution/reference: `[domain/]path[:tag][@digest]`.
 */
export interface ImageName {
  /** As given. */
  readonly text: string;
  /** Without tag and digest, as written: `node`, `ghcr.io/acme/api`. */
  readonly name: string;
  /** The registry's domain, with port; `docker.io` where none is written. */
  readonly registry: string;
  /** The path in the registry; `library/node` for `node` of docker.io. */
  readonly repository: string;
  readonly tag?: string;
  /** `sha256:…` */
  readonly digest?: string;
}
