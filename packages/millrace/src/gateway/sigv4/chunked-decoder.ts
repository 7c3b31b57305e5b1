import { createHash, type Hash, hash } from "node:crypto";
import { Transform, type TransformCallback } from "node:stream";
import { AuthFailure } from "./auth-failure.ts";
import type { ChunkChain } from "./payload.ts";
import { sameText } from "./same-text.ts";

export interface ChunkedOptions {
  /** Undefined when the chunks carry no signatures. */
  readonly chain: ChunkChain | undefined;
  /** Whether headers may follow the last chunk. */
  readonly trailer: boolean;
  /** `x-amz-decoded-content-length`. */
  readonly decodedBytes: number | undefined;
  /** Names announced in `x-amz-trailer`, lower case; others are refused. */
  readonly trailerNames: readonly string[];
}

/** S3 takes no larger line in front of a chunk, and trailers only of a few checksums. */
const maxLineBytes = 8 * 1024;
const maxTrailers = 32;
const emptyHash = hash("sha256", "", "hex");

/**
 * Decodes a body of content-coding aws-chunked and checks its signatures, length and announced trailers.
 *
 * body     = *chunk last-chunk *( trailer CRLF ) [ "x-amz-trailer-signature:" 64hex CRLF ] [ CRLF ]
 * chunk    = 1*HEXDIG [ ";chunk-signature=" 64hex ] CRLF data CRLF
 * last     = "0" [ ";chunk-signature=" 64hex ] CRLF
 * trailer  = name ":" value
 *
 * A signed chunk is passed on as it comes and fails the stream at its end when its signature is wrong: who
 * reads must keep nothing of a stream that has failed.
 */
export class ChunkedDecoder extends Transform {
  /** Filled when the body has ended, names in lower case. */
  readonly trailers: Map<string, string> = new Map();
  readonly #options: ChunkedOptions;
  #state: "size" | "data" | "data-end" | "trailer" | "done" = "size";
  /** Bytes of a line that is not complete. */
  #line: Buffer = Buffer.alloc(0);
  #chunkLeft = 0;
  #decoded = 0;
  #hash: Hash | undefined;
  #claimed = "";
  #previous: string;
  #trailerText = "";
  #trailerSigned = false;

  constructor(options: ChunkedOptions) {
    super();
    this.#options = options;
    this.#previous = options.chain?.seedSignature ?? "";
  }

  override _transform(chunk: Buffer, _encoding: BufferEncoding, next: TransformCallback): void {
    try {
      this.#consume(chunk);
      next();
    } catch (error) {
      next(error instanceof Error ? error : new AuthFailure("malformedChunk", String(error)));
    }
  }

  override _flush(next: TransformCallback): void {
    try {
      this.#end();
      next();
    } catch (error) {
      next(error instanceof Error ? error : new AuthFailure("malformedChunk", String(error)));
    }
  }

  #consume(input: Buffer): void {
    let at = 0;
    while (at < input.length) {
      if (this.#state === "data") at += this.#takeData(input, at);
      else at = this.#takeLine(input, at);
    }
  }

  #takeData(input: Buffer, at: number): number {
    const part = input.subarray(at, Math.min(input.length, at + this.#chunkLeft));
    this.#hash?.update(part);
    this.push(part);
    this.#decoded += part.length;
    this.#chunkLeft -= part.length;
    if (this.#chunkLeft === 0) {
      this.#checkChunk(this.#hash?.digest("hex") ?? emptyHash);
      this.#state = "data-end";
    }
    return part.length;
  }

  /** Collects up to a line feed and takes the line; returns where the next one starts. */
  #takeLine(input: Buffer, at: number): number {
    const feed = input.indexOf(0x0a, at);
    const end = feed < 0 ? input.length : feed;
    if (this.#line.length + end - at > maxLineBytes)
      throw malformed("A line of the chunked body is too long.");
    const part = input.subarray(at, end);
    const line = this.#line.length === 0 ? part : Buffer.concat([this.#line, part]);
    if (feed < 0) {
      this.#line = Buffer.from(line);
      return end;
    }
    this.#line = Buffer.alloc(0);
    const text = line.toString("latin1");
    // S3's own documentation ends trailers with a bare line feed in the signature, clients send CRLF.
    this.#onLine(text.endsWith("\r") ? text.slice(0, -1) : text);
    return feed + 1;
  }

  #onLine(line: string): void {
    if (this.#state === "size") this.#onSize(line);
    else if (this.#state === "data-end") {
      if (line !== "") throw malformed("A chunk is longer than its declared size.");
      this.#state = "size";
    } else if (this.#state === "trailer") this.#onTrailer(line);
    else if (line !== "") throw malformed("Data follow the end of the chunked body.");
  }

  #onSize(line: string): void {
    const semicolon = line.indexOf(";");
    const size = (semicolon < 0 ? line : line.slice(0, semicolon)).trim();
    if (!/^[0-9a-fA-F]{1,12}$/.test(size)) throw malformed("A chunk has no valid size.");
    const { chain, decodedBytes, trailer } = this.#options;
    this.#claimed = /;\s*chunk-signature=([0-9a-f]{64})\s*$/.exec(line)?.[1] ?? "";
    this.#chunkLeft = Number.parseInt(size, 16);
    if (decodedBytes !== undefined && this.#decoded + this.#chunkLeft > decodedBytes) {
      throw new AuthFailure("incompleteBody");
    }
    if (this.#chunkLeft > 0) {
      this.#hash = chain === undefined ? undefined : createHash("sha256");
      this.#state = "data";
      return;
    }
    this.#checkChunk(emptyHash);
    this.#state = trailer ? "trailer" : "done";
  }

  #onTrailer(line: string): void {
    if (line === "") return;
    const colon = line.indexOf(":");
    const name = line.slice(0, Math.max(colon, 0)).trim().toLowerCase();
    const value = line.slice(colon + 1).trim();
    if (colon <= 0 || this.#trailerSigned) throw malformed("A trailer is not a name and a value.");
    if (name === "x-amz-trailer-signature") {
      this.#checkTrailer(value);
      return;
    }
    if (!this.#options.trailerNames.includes(name)) throw malformed(`The trailer ${name} was not announced.`);
    if (this.trailers.has(name) || this.trailers.size >= maxTrailers) throw malformed("Too many trailers.");
    this.trailers.set(name, value);
    this.#trailerText += `${name}:${value}\n`;
  }

  /** string to sign = algorithm "-PAYLOAD" LF time LF scope LF signature before LF hash("") LF hash(data) */
  #checkChunk(dataHash: string): void {
    const { chain } = this.#options;
    if (chain === undefined) return;
    const toSign = `AWS4-HMAC-SHA256-PAYLOAD\n${chain.timestamp}\n${chain.scope}\n${this.#previous}\n${emptyHash}\n${dataHash}`;
    this.#previous = checkSignature(chain, toSign, this.#claimed);
  }

  /** string to sign = algorithm "-TRAILER" LF time LF scope LF signature before LF hash(trailers) */
  #checkTrailer(claimed: string): void {
    this.#trailerSigned = true;
    const { chain } = this.#options;
    if (chain === undefined) return;
    const trailerHash = hash("sha256", this.#trailerText, "hex");
    const toSign = `AWS4-HMAC-SHA256-TRAILER\n${chain.timestamp}\n${chain.scope}\n${this.#previous}\n${trailerHash}`;
    checkSignature(chain, toSign, claimed);
  }

  #end(): void {
    const { chain, trailer, decodedBytes, trailerNames } = this.#options;
    // The last line may come without its line feed; what it says counts all the same.
    if (this.#line.length > 0 && this.#state !== "data-end") this.#takeLine(Buffer.from("\n"), 0);
    const ended = this.#state === "done" || this.#state === "trailer";
    if (!ended) throw new AuthFailure("incompleteBody");
    if (decodedBytes !== undefined && this.#decoded !== decodedBytes) throw new AuthFailure("incompleteBody");
    if (trailer && chain !== undefined && !this.#trailerSigned) throw new AuthFailure("chunkMismatch");
    for (const name of trailerNames) {
      if (!this.trailers.has(name)) throw malformed(`The announced trailer ${name} is missing.`);
    }
  }
}

function checkSignature(chain: ChunkChain, toSign: string, claimed: string): string {
  const signature = chain.signingKey.hex(toSign);
  if (!sameText(signature, claimed)) throw new AuthFailure("chunkMismatch");
  return signature;
}

function malformed(detail: string): AuthFailure {
  return new AuthFailure("malformedChunk", detail);
}
