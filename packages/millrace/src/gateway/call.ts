import type { Logger } from "../core/logger.ts";

/** Who makes a call. */
export interface Principal {
  /** `arn:aws:iam::000000000000:root`, a user's or an assumed role's ARN; "*" for an anonymous caller. */
  readonly arn: string;
  /** 12 digits. */
  readonly account: string;
  readonly accessKeyId: string;
  readonly kind: "root" | "user" | "role" | "anonymous";
}

/** What is known of a streamed body beside its bytes. */
export interface StreamedPayload {
  /** Undefined when the client did not say. */
  readonly declaredBytes: number | undefined;
  /** Headers that follow the body, such as checksums, names in lower case: complete when the body has ended. */
  readonly trailers: ReadonlyMap<string, string>;
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
  /** Milliseconds since the epoch. */
  readonly receivedAt: number;
  /** Aborted when the client goes away or Millrace shuts down. */
  readonly signal: AbortSignal;
  readonly log: Logger;
  /** Of an operation that streams its input; the stream itself is a member of the input. */
  readonly payload?: StreamedPayload | undefined;
}
