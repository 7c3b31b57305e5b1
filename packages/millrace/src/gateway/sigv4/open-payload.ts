import { createHash } from "node:crypto";
import { pipeline, type Readable, Transform } from "node:stream";
import type { Headers } from "../http.ts";
import { AuthFailure } from "./auth-failure.ts";
import { ChunkedDecoder } from "./chunked-decoder.ts";
import type { Payload } from "./payload.ts";

export interface OpenPayload {
  /** The body itself; it fails with an AuthFailure when it is not the one that was signed. */
  readonly body: Readable;
  /** Headers after the body, such as checksums: complete once `body` has ended. */
  readonly trailers: ReadonlyMap<string, string>;
  /** Length of the body, undefined when the client did not say. */
  readonly declaredBytes: number | undefined;
}

/**
 * Opens a streamed body for reading: decodes aws-chunked and checks what the signature says of it. Nothing
 * read may be kept for good before the stream has ended without a failure.
 */
export function openPayload(raw: Readable, headers: Headers, payload: Payload): OpenPayload {
  if (payload.kind === "hashed") {
    return {
      body: joined(raw, hashCheck(payload.sha256)),
      trailers: new Map(),
      declaredBytes: wholeNumber(headers["content-length"]),
    };
  }
  const chunked = payload.kind !== "unsigned" || codings(headers).includes("aws-chunked");
  if (!chunked)
    return { body: raw, trailers: new Map(), declaredBytes: wholeNumber(headers["content-length"]) };
  const declared = headers["x-amz-decoded-content-length"];
  const decodedBytes = wholeNumber(declared);
  if (declared !== undefined && decodedBytes === undefined) {
    throw new AuthFailure("malformedChunk", "x-amz-decoded-content-length is not a number of bytes.");
  }
  const decoder = new ChunkedDecoder({
    chain: payload.kind === "signedChunks" ? payload.chain : undefined,
    trailer: payload.kind === "unsigned" || payload.trailer,
    decodedBytes,
    trailerNames: list(headers["x-amz-trailer"]),
  });
  return { body: joined(raw, decoder), trailers: decoder.trailers, declaredBytes: decodedBytes };
}

function hashCheck(sha256: string): Transform {
  const hasher = createHash("sha256");
  return new Transform({
    transform(chunk: Buffer, _encoding, next) {
      hasher.update(chunk);
      next(null, chunk);
    },
    flush(next) {
      next(hasher.digest("hex") === sha256 ? null : new AuthFailure("payloadMismatch"));
    },
  });
}

function joined(raw: Readable, checked: Transform): Transform {
  // The reader hears of a failure from the checked stream, which the pipeline destroys with it.
  pipeline(raw, checked, () => {});
  return checked;
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
