import { createHash } from "node:crypto";
import type { Readable } from "node:stream";
import type { Headers } from "../http.ts";
import { AuthFailure } from "./auth-failure.ts";
import { ChunkedDecoder } from "./chunked-decoder.ts";
import type { Payload } from "./payload.ts";

export interface OpenPayload {
  /**
   * The body itself, once; it fails with an AuthFailure when it is not the one that was signed. Who stops
   * reading early leaves the connection as it is, so that an answer can still be sent.
   */
  readonly body: AsyncIterable<Buffer>;
  /** Headers after the body, such as checksums: complete once `body` has ended. */
  readonly trailers: ReadonlyMap<string, string>;
  /** The names of these headers, which are known before the body is read. */
  readonly trailerNames: readonly string[];
  /** Length of the body, undefined when the client did not say. */
  readonly declaredBytes: number | undefined;
  /** Lets what nobody has read flow away. */
  release(): void;
}

/**
 * Opens a streamed body for reading: decodes aws-chunked and checks what the signature says of it. Nothing
 * read may be kept for good before the stream has ended without a failure.
 */
export function openPayload(raw: Readable, headers: Headers, payload: Payload): OpenPayload {
  if (payload.kind !== "hashed" && (payload.kind !== "unsigned" || codings(headers).includes("aws-chunked")))
    return openChunked(raw, headers, payload);
  return {
    body: payload.kind === "hashed" ? hashChecked(raw, payload.sha256) : readOnly(raw),
    trailers: new Map(),
    trailerNames: [],
    declaredBytes: wholeNumber(headers["content-length"]),
    release: () => void raw.resume(),
  };
}

function openChunked(
  raw: Readable,
  headers: Headers,
  payload: Exclude<Payload, { kind: "hashed" }>,
): OpenPayload {
  const declared = headers["x-amz-decoded-content-length"];
  const decodedBytes = wholeNumber(declared);
  if (declared !== undefined && decodedBytes === undefined) {
    throw new AuthFailure("malformedChunk", "x-amz-decoded-content-length is not a number of bytes.");
  }
  const trailerNames = list(headers["x-amz-trailer"]);
  const decoder = new ChunkedDecoder({
    chain: payload.kind === "signedChunks" ? payload.chain : undefined,
    trailer: payload.kind === "unsigned" || payload.trailer,
    decodedBytes,
    trailerNames,
  });
  // Not `pipeline`: it would cut the connection on a failure, and with it the answer that says so.
  raw.pipe(decoder);
  raw.once("error", (error) => decoder.destroy(error));
  raw.once("close", () => {
    if (!raw.readableEnded) decoder.destroy(new AuthFailure("incompleteBody"));
  });
  return {
    body: decoder,
    trailers: decoder.trailers,
    trailerNames,
    declaredBytes: decodedBytes,
    release() {
      raw.unpipe(decoder);
      decoder.on("error", ignoreFailure).destroy();
      raw.resume();
    },
  };
}

/** Whoever read the body has been told. */
const ignoreFailure = (): void => {};

function readOnly(raw: Readable): AsyncIterable<Buffer> {
  return { [Symbol.asyncIterator]: () => raw.iterator({ destroyOnReturn: false }) };
}

async function* hashChecked(raw: Readable, sha256: string): AsyncGenerator<Buffer> {
  const hasher = createHash("sha256");
  for await (const chunk of readOnly(raw)) {
    hasher.update(chunk);
    yield chunk;
  }
  if (hasher.digest("hex") !== sha256) throw new AuthFailure("payloadMismatch");
}

const codings = (headers: Headers): string[] => list(headers["content-encoding"]);

function list(text: string | undefined): string[] {
  if (text === undefined) return [];
  return text
    .split(",")
    .map((part) => part.trim().toLowerCase())
    .filter((part) => part !== "");
}

function wholeNumber(text: string | undefined): number | undefined {
  return text !== undefined && /^\d{1,15}$/.test(text) ? Number(text) : undefined;
}
