import type { Readable } from "node:stream";
import type { HttpRequest, HttpResponse } from "../http.ts";

/** A request without its body. */
export type RequestHead = Omit<HttpRequest, "body" | "stream">;

/** One request and its answer, the same for HTTP/1.1 and HTTP/2. */
export interface Exchange {
  readonly head: RequestHead;
  /** The client's IP address, "" when the connection has already gone. */
  readonly remoteAddress: string;
  /** Aborted when the client goes away before the answer is complete. Made when first asked for. */
  readonly signal: AbortSignal;
  /**
   * Reads the whole body, once.
   * @throws BodyTooLargeError when it is, or says it is, larger than `maxBytes`.
   * @throws ClientGoneError when the connection ends first or the body comes too slowly.
   */
  readBody(maxBytes: number): Promise<Buffer>;
  /** The body as it arrives; it fails when the client goes away. Either this or `readBody`, once. */
  stream(): Readable;
  /**
   * Sends the answer, once. Resolves when all of it was handed to the connection or the client has gone;
   * rejects with the body's own failure (the connection is then cut, so that the client does not take the
   * part for the whole) or because a header is not valid (nothing was sent: another answer is possible).
   */
  respond(response: HttpResponse): Promise<void>;
}

/** The body is larger than the operation allows: answer 413, or the service's own error. */
export class BodyTooLargeError extends Error {
  override readonly name = "BodyTooLargeError";
  readonly maxBytes: number;

  constructor(maxBytes: number) {
    super(`The request body is larger than ${maxBytes} bytes.`);
    this.maxBytes = maxBytes;
  }
}

/** The client went away or stalled before the request was complete: there is nobody to answer. */
export class ClientGoneError extends Error {
  override readonly name = "ClientGoneError";

  constructor(reason: string) {
    super(reason);
  }
}
