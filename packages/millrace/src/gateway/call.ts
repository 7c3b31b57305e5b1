import type { Logger } from "../core/logger.ts";
import type { Permission } from "./permission.ts";

/** Who makes a call. */
export interface Principal {
  /** `arn:aws:iam::000000000000:root`, a user's or an assumed role's ARN; "*" for an anonymous caller. */
  readonly arn: string;
  /** 12 digits. */
  readonly account: string;
  readonly accessKeyId: string;
  readonly kind: "root" | "user" | "role" | "anonymous";
  /** `AIDA...`, or `AROA...:session`; a root has its account's number instead. */
  readonly userId?: string;
  /** For a role's session: the role's own ARN. */
  readonly roleArn?: string;
  /** What temporary credentials carry beside the identity. */
  readonly session?: PrincipalSession;
}

/** What STS was told when it issued temporary credentials. */
export interface PrincipalSession {
  readonly issuedAtMs: number;
  /** Session policies as text; undefined when there are neither these nor `policyArns`. */
  readonly policies?: readonly string[];
  /** Managed policies that act as session policies. */
  readonly policyArns?: readonly string[];
  readonly tags: Readonly<Record<string, string>>;
  /** Keys of the tags that a session made from this one inherits. */
  readonly transitiveTagKeys: readonly string[];
  readonly sourceIdentity?: string;
  /** The identity provider that vouched for the caller. */
  readonly federatedBy?: string;
}

/** What is known of a streamed body beside its bytes. */
export interface StreamedPayload {
  /** Undefined when the client did not say. */
  readonly declaredBytes: number | undefined;
  /** Headers that follow the body, such as checksums, names in lower case: complete when the body has ended. */
  readonly trailers: ReadonlyMap<string, string>;
  /** The names of these headers, which are known before the body is read. */
  readonly trailerNames: readonly string[];
}

/** What an operation knows about the call it serves, beside its input. */
export interface Call {
  readonly requestId: string;
  /** AWS service id, which is also the folder's name: `kinesis`. */
  readonly service: string;
  readonly operation: string;
  readonly account: string;
  readonly region: string;
  readonly principal: Principal;
  /** What the client says of itself; undefined when it says nothing. */
  readonly userAgent?: string | undefined;
  /** Milliseconds since the epoch. */
  readonly receivedAt: number;
  /** Aborted when the client goes away or Millrace shuts down. */
  readonly signal: AbortSignal;
  readonly log: Logger;
  /** Of an operation that streams its input; the stream itself is a member of the input. */
  readonly payload?: StreamedPayload | undefined;
  /**
   * Asks for what only a part of the call needs, so that the rest of it can go on without. Undefined where
   * everybody may do everything. @throws ServiceError the refusal
   */
  readonly require?: ((permission: Permission) => void) | undefined;
}
