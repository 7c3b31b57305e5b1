import type { OutgoingHttpHeaders, ServerHttp2Stream } from "node:http2";
import type { Socket } from "node:net";
import { pipeline, type Readable, Transform } from "node:stream";
import { assert } from "../../core/assert.ts";
import type { HttpResponse } from "../http.ts";
import { clientSignal } from "./client-signal.ts";
import { BodyTooLargeError, ClientGoneError, type Exchange, type RequestHead } from "./exchange.ts";
import { cutWhenUnread, discardRest, type ExchangeHost } from "./exchange-host.ts";
import { collectBody } from "./request-body.ts";
import { declaredBytes } from "./request-head.ts";
import { sendParts } from "./streamed-body.ts";

/** Codes of RST_STREAM (RFC 9113, 7). Numbers, so that node:http2 is loaded when a client speaks it. */
export const resetCodes: Readonly<Record<"noError" | "cancel", number>> = { noError: 0x0, cancel: 0x8 };

export class Http2Exchange implements Exchange {
  readonly head: RequestHead;
  readonly #stream: ServerHttp2Stream;
  readonly #socket: Socket;
  readonly #host: ExchangeHost;
  #signal: AbortSignal | undefined;
  #continueDue: boolean;
  #taken = false;

  constructor(head: RequestHead, stream: ServerHttp2Stream, socket: Socket, host: ExchangeHost) {
    this.head = head;
    this.#stream = stream;
    this.#socket = socket;
    this.#host = host;
    this.#continueDue = head.headers["expect"]?.toLowerCase() === "100-continue";
  }

  get remoteAddress(): string {
    return this.#socket.remoteAddress ?? "";
  }

  get signal(): AbortSignal {
    const stream = this.#stream;
    this.#signal ??= clientSignal(
      stream,
      () => stream.destroyed,
      () => stream.writableFinished && !stream.aborted,
    );
    return this.#signal;
  }

  readBody(maxBytes: number): Promise<Buffer> {
    this.#take();
    if (this.#stream.endAfterHeaders) return Promise.resolve(Buffer.alloc(0));
    const declared = declaredBytes(this.head.headers);
    const { maxDiscardedBytes } = this.#host.limits;
    // A client that waits to be asked for its body is refused before it sends one.
    if (this.#continueDue && (declared ?? 0) > maxBytes)
      return Promise.reject(new BodyTooLargeError(maxBytes));
    if (declared === undefined || declared <= Math.max(maxBytes, maxDiscardedBytes)) this.#expectBody();
    return collectBody(this.#stream, declared, { maxBytes, maxDiscardedBytes }, () => this.#cutShort());
  }

  stream(): Readable {
    this.#take();
    this.#expectBody();
    const checked = new Transform({
      transform: (chunk, _encoding, next) => next(null, chunk),
      flush: (next) => next(this.#cutShort() ? new ClientGoneError("The client reset its upload.") : null),
    });
    pipeline(this.#stream, checked, ignoreEnd);
    return checked;
  }

  async respond(response: HttpResponse): Promise<void> {
    const to = this.#stream;
    if (to.destroyed || to.closed) return;
    const { body } = response;
    const whole = typeof body === "string" || Buffer.isBuffer(body);
    const headers = http2Headers(response, this.head.method, whole);
    const empty = this.head.method === "HEAD" || (whole && body.length === 0);
    to.respond(headers, { endStream: empty });
    if (!to.readableEnded && !to.endAfterHeaders) this.#answerEarly();
    if (empty) {
      if (!whole) await body[Symbol.asyncIterator]().return?.();
    } else if (whole) {
      to.end(body);
      cutWhenUnread(to, body.length, this.#host);
    } else {
      await sendParts(body, to, this.#host);
    }
  }

  /** A stream that the client has reset ends as a complete one does, but for its code. */
  #cutShort(): boolean {
    return this.#stream.aborted || (this.#stream.rstCode ?? 0) !== resetCodes.noError;
  }

  #take(): void {
    assert(!this.#taken, "a request body is read once");
    this.#taken = true;
  }

  #expectBody(): void {
    if (this.#continueDue && !this.#stream.destroyed) {
      this.#stream.additionalHeaders({ ":status": 100 });
    }
    this.#continueDue = false;
    if (this.#stream.readableEnded) return;
    this.#host.bodies.add(this.#stream, this.#socket, () => this.#cut(resetCodes.cancel));
  }

  #answerEarly(): void {
    const cut = (): void => this.#cut(resetCodes.noError);
    discardRest(this.#stream, this.#socket, this.#host, cut);
  }

  #cut(code: number): void {
    if (!this.#stream.destroyed) this.#stream.close(code);
  }
}

/** The reader of the checked stream hears of its failure from that stream. */
const ignoreEnd = (): void => {};

function http2Headers(response: HttpResponse, method: string, whole: boolean): OutgoingHttpHeaders {
  const { status, body } = response;
  const headers: OutgoingHttpHeaders = { ":status": status };
  for (const name in response.headers) {
    // These belong to an HTTP/1.1 connection and are forbidden here (RFC 9113, 8.2.2).
    if (name === "connection" || name === "transfer-encoding" || name === "keep-alive") continue;
    headers[name] = response.headers[name];
  }
  const bodyless = status === 204 || status === 304 || method === "HEAD";
  if (whole && !bodyless) {
    headers["content-length"] = typeof body === "string" ? Buffer.byteLength(body) : (body as Buffer).length;
  }
  return headers;
}
