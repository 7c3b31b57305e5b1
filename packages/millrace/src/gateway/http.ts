import type { Readable } from "node:stream";

/** Header names are lower case; a header sent several times is joined with ", " (RFC 9110, 5.3). */
export type Headers = Readonly<Record<string, string | undefined>>;

/** One HTTP request, the same for HTTP/1.1 and HTTP/2. For HTTP/2 `host` is filled from `:authority`. */
export interface HttpRequest {
  readonly method: string;
  /** The request target as received, still encoded: path and query. */
  readonly target: string;
  /** The part of the target before `?`, still encoded. */
  readonly path: string;
  /** The part of the target after `?`, still encoded; "" when there is none. */
  readonly query: string;
  readonly headers: Headers;
  /** The whole body, unless the operation streams its input: then it is empty and `stream` is set. */
  readonly body: Buffer;
  /** The body as it was sent and signed, where `body` is what it says uncompressed. */
  readonly signedBody?: Buffer;
  readonly stream?: Readable;
  /** The streamed body without its transfer coding, checked against its signature as it is read. */
  readonly payload?: AsyncIterable<Buffer>;
  readonly httpVersion: "1.1" | "2.0";
  /** True when the connection is TLS. */
  readonly secure: boolean;
}

export interface HttpResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | number>>;
  /** Parts of a streamed body are sent as they come; `return()` is called when the client goes away. */
  readonly body: Buffer | string | AsyncIterable<Uint8Array>;
}
