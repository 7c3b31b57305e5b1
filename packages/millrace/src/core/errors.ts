/**
 * An error that a client may see. Each service lists its own in `errors.ts` with AWS's code, status and
 * wording; anything else that is thrown becomes a 500 `InternalFailure` and is logged with its request id.
 */
export class ServiceError extends Error {
  override readonly name = "ServiceError";
  /** AWS's error code, as a client matches on it: `ResourceNotFoundException`. */
  readonly code: string;
  /** HTTP status. Below 500 the caller is at fault. */
  readonly status: number;
  /** Further members of the modelled error shape, such as a resource name. */
  readonly members: Readonly<Record<string, unknown>>;
  /** Headers of the answer, where the protocol is HTTP's own (S3). */
  readonly headers: Readonly<Record<string, string>>;

  constructor(code: string, message: string, options: ServiceErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.status = options.status ?? 400;
    this.members = options.members ?? {};
    this.headers = options.headers ?? {};
  }
}

export interface ServiceErrorOptions {
  readonly status?: number;
  readonly members?: Readonly<Record<string, unknown>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly cause?: unknown;
}

/** The message of anything that was thrown. */
export function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}

/** The `code` of a system error (`ENOSPC`), or undefined. */
export function systemCode(thrown: unknown): string | undefined {
  if (typeof thrown !== "object" || thrown === null || !("code" in thrown)) return undefined;
  return typeof thrown.code === "string" ? thrown.code : undefined;
}
