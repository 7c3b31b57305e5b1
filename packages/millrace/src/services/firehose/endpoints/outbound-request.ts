import { request as httpRequest, type IncomingMessage } from "node:http";
import { request as httpsRequest } from "node:https";
import { pipeline, Readable } from "node:stream";
import { systemCode } from "../../../core/errors.ts";

export interface OutboundRequest {
  readonly url: URL;
  readonly method: "GET" | "POST" | "PUT" | "HEAD";
  readonly headers: Readonly<Record<string, string>>;
  /** Read once. */
  readonly body?: OutboundBody;
  /** From the connection's beginning to the answer's end. */
  readonly timeoutMs: number;
  /** A longer answer is an error. */
  readonly maxAnswerBytes: number;
}

export interface OutboundBody {
  readonly sizeBytes: number;
  read(): AsyncIterable<Buffer> | Iterable<Buffer>;
}

export interface OutboundAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly body: Buffer;
}

export type OutboundFailure = "timeout" | "connection" | "reset" | "tls" | "too-large" | "protocol";

/** No answer, or none that could be read. */
export class OutboundError extends Error {
  override readonly name = "OutboundError";
  readonly kind: OutboundFailure;

  constructor(kind: OutboundFailure, message: string, options?: ErrorOptions) {
    super(message, options);
    this.kind = kind;
  }
}

/**
 * Sends a request and reads its whole answer. Rejects with OutboundError, or with the signal's reason.
 * Redirections are answers like others: where records go is the user's decision.
 */
export async function send(request: OutboundRequest, signal: AbortSignal): Promise<OutboundAnswer> {
  signal.throwIfAborted();
  const deadline = AbortSignal.timeout(request.timeoutMs);
  const either = AbortSignal.any([signal, deadline]);
  try {
    return await exchange(request, either);
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof OutboundError) throw error;
    if (deadline.aborted)
      throw new OutboundError("timeout", `There was no complete answer within ${request.timeoutMs} ms.`);
    throw failureOf(error);
  }
}

async function exchange(request: OutboundRequest, signal: AbortSignal): Promise<OutboundAnswer> {
  const message = await begin(request, signal);
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of message as AsyncIterable<Buffer>) {
    size += part.byteLength;
    if (size > request.maxAnswerBytes) {
      message.destroy();
      throw new OutboundError("too-large", `The answer is longer than ${request.maxAnswerBytes} bytes.`);
    }
    parts.push(part);
  }
  return { status: message.statusCode ?? 0, headers: message.headers, body: Buffer.concat(parts) };
}

/** Resolves with the answer's head; a server may answer before it has read the whole request. */
function begin(request: OutboundRequest, signal: AbortSignal): Promise<IncomingMessage> {
  const { url, method, headers, body } = request;
  const start = url.protocol === "https:" ? httpsRequest : httpRequest;
  return new Promise((resolve, reject) => {
    const length = { "content-length": String(body?.sizeBytes ?? 0) };
    const outgoing = start(url, { method, headers: { ...headers, ...length }, signal });
    outgoing.on("response", resolve);
    outgoing.on("error", reject);
    if (body === undefined) outgoing.end();
    // Its errors are the request's own.
    else pipeline(Readable.from(body.read(), { objectMode: false }), outgoing, () => {});
  });
}

function failureOf(error: unknown): OutboundError {
  const code = systemCode(error) ?? "";
  const text = error instanceof Error ? error.message : String(error);
  const options = { cause: error };
  if (/^(?:EPROTO$|ERR_TLS|ERR_SSL|CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_|HOSTNAME_MISMATCH)/.test(code))
    return new OutboundError("tls", text, options);
  if (code === "ECONNRESET" || code === "EPIPE") return new OutboundError("reset", text, options);
  if (code.startsWith("HPE_")) return new OutboundError("protocol", text, options);
  return new OutboundError("connection", text || code, options);
}
