import type { IncomingMessage, ServerResponse } from "node:http";
import type { Readable } from "node:stream";
import { assert } from "../../core/assert.ts";
import type { HttpResponse } from "../http.ts";
import { clientSignal } from "./client-signal.ts";
import { BodyTooLargeError, type Exchange, type RequestHead } from "./exchange.ts";
import { cutWhenUnread, discardRest, type ExchangeHost } from "./exchange-host.ts";
import { collectBody } from "./request-body.ts";
import { declaredBytes } from "./request-head.ts";
import { sendParts } from "./streamed-body.ts";

export class Http1Exchange implements Exchange {
  readonly head: RequestHead;
  readonly #request: IncomingMessage;
  readonly #response: ServerResponse;
  readonly #host: ExchangeHost;
  #signal: AbortSignal | undefined;
  #continueDue: boolean;
  #taken = false;

  constructor(
    head: RequestHead,
    request: IncomingMessage,
    response: ServerResponse,
    host: ExchangeHost,
    continueDue: boolean,
  ) {
    this.head = head;
    this.#request = request;
    this.#response = response;
    this.#host = host;
    this.#continueDue = continueDue;
  }

  get remoteAddress(): string {
    return this.#request.socket.remoteAddress ?? "";
  }

  get signal(): AbortSignal {
    const response = this.#response;
    this.#signal ??= clientSignal(
      response,
      () => response.destroyed,
      () => response.writableFinished,
    );
    return this.#signal;
  }

  readBody(maxBytes: number): Promise<Buffer> {
    this.#take();
    const { headers } = this.head;
    const declared = declaredBytes(headers);
    if (declared === 0 || (declared === undefined && headers["transfer-encoding"] === undefined)) {
      return Promise.resolve(Buffer.alloc(0));
    }
    const { maxDiscardedBytes } = this.#host.limits;
    // A client that waits to be asked for its body is refused before it sends one.
    if (this.#continueDue && (declared ?? 0) > maxBytes)
      return Promise.reject(new BodyTooLargeError(maxBytes));
    if (declared === undefined || declared <= Math.max(maxBytes, maxDiscardedBytes)) this.#expectBody();
    return collectBody(
      this.#request,
      declared,
      { maxBytes, maxDiscardedBytes },
      () => !this.#request.complete,
    );
  }

  stream(): Readable {
    this.#take();
    this.#expectBody();
    return this.#request;
  }

  async respond(response: HttpResponse): Promise<void> {
    const to = this.#response;
    if (to.destroyed) return;
    const { body } = response;
    const whole = typeof body === "string" || Buffer.isBuffer(body);
    to.writeHead(response.status, this.#headerList(response, whole));
    if (!this.#request.complete) this.#answerEarly();
    if (whole) {
      to.end(body);
      cutWhenUnread(to, body.length, this.#host);
      return;
    }
    if (response.headers["content-length"] === undefined) to.flushHeaders();
    await sendParts(body, to, this.#host);
  }

  #take(): void {
    assert(!this.#taken, "a request body is read once");
    this.#taken = true;
  }

  /** The client is told to go on only when its body is wanted, and from then on the body is due. */
  #expectBody(): void {
    if (this.#continueDue) this.#response.writeContinue();
    this.#continueDue = false;
    if (this.#request.complete) return;
    this.#host.bodies.add(this.#request, this.#request.socket, () => this.#request.socket.destroy());
  }

  #answerEarly(): void {
    // node would drop the rest uncounted once the answer is finished, unless the body was touched before.
    this.#request.read(0);
    discardRest(this.#request, this.#request.socket, this.#host, () => this.#request.socket.destroy());
  }

  /** A flat list of names and values: node writes it without looking each header up. */
  #headerList(response: HttpResponse, whole: boolean): (string | number)[] {
    const list: (string | number)[] = [];
    const { headers, body, status } = response;
    let sized = false;
    for (const name in headers) {
      const value = headers[name];
      if (value === undefined) continue;
      if (name === "content-length") {
        if (whole && this.head.method !== "HEAD") continue;
        sized = true;
      }
      list.push(name, value);
    }
    const bodyless = status === 204 || status === 304 || this.head.method === "HEAD";
    if (whole && !sized && !bodyless) {
      list.push(
        "content-length",
        typeof body === "string" ? Buffer.byteLength(body) : (body as Buffer).length,
      );
    }
    // A client that still waits for "100 Continue" may or may not send its body: the connection is spent.
    if (this.#host.draining || this.#continueDue) list.push("connection", "close");
    return list;
  }
}
