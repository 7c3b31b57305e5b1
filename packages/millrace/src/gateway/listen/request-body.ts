import type { Readable } from "node:stream";
import { BodyTooLargeError, ClientGoneError } from "./exchange.ts";

/** A declared length alone does not make us allocate more than this: the bytes must come first. */
const firstAllocationBytes = 1024 * 1024;

/**
 * Collects a body from 'data' events, which is about a third faster than iterating the stream. `cutShort`
 * tells at its end whether that was the client's end: a reset HTTP/2 stream ends like a complete one.
 */
export function collectBody(
  source: Readable,
  declared: number | undefined,
  maxBytes: number,
  cutShort: () => boolean,
): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    if (declared !== undefined && declared > maxBytes) {
      reject(new BodyTooLargeError(maxBytes));
      return;
    }
    if (source.destroyed && !source.readableEnded) {
      reject(new ClientGoneError("The client went away before its body was read."));
      return;
    }
    const body = new GrowingBody(declared);
    const onData = (chunk: Buffer): void => {
      if (body.bytes + chunk.length > maxBytes) {
        detach();
        source.pause();
        reject(new BodyTooLargeError(maxBytes));
        return;
      }
      body.append(chunk);
    };
    const onEnd = (): void => {
      if (cutShort() || (declared !== undefined && body.bytes !== declared)) {
        onClose();
        return;
      }
      detach();
      resolve(body.finish());
    };
    const onClose = (): void => {
      detach();
      reject(new ClientGoneError(`The client went away after ${body.bytes} bytes of its body.`));
    };
    const detach = (): void => {
      source.off("data", onData).off("end", onEnd).off("close", onClose);
    };
    source.on("data", onData).on("end", onEnd).on("close", onClose);
  });
}

/** Bytes in one buffer that grows with what has come, up to the declared length. */
class GrowingBody {
  bytes = 0;
  readonly #declared: number | undefined;
  #only: Buffer | undefined;
  #buffer: Buffer | undefined;

  constructor(declared: number | undefined) {
    this.#declared = declared;
  }

  append(chunk: Buffer): void {
    if (this.bytes === 0 && this.#buffer === undefined) {
      this.#only = chunk;
      this.bytes = chunk.length;
      return;
    }
    const buffer = this.#room(chunk.length);
    chunk.copy(buffer, this.bytes);
    this.bytes += chunk.length;
  }

  finish(): Buffer {
    if (this.#buffer !== undefined) return this.#buffer.subarray(0, this.bytes);
    return this.#only ?? Buffer.alloc(0);
  }

  #room(moreBytes: number): Buffer {
    const needed = this.bytes + moreBytes;
    const present = this.#buffer ?? this.#only;
    if (this.#buffer !== undefined && needed <= this.#buffer.length) return this.#buffer;
    const grown = Math.max(
      needed,
      2 * (present?.length ?? 0),
      Math.min(this.#declared ?? 0, firstAllocationBytes),
    );
    const capacity = this.#declared === undefined ? grown : Math.max(needed, Math.min(grown, this.#declared));
    const buffer = Buffer.allocUnsafe(capacity);
    present?.copy(buffer, 0, 0, this.bytes);
    this.#buffer = buffer;
    this.#only = undefined;
    return buffer;
  }
}
