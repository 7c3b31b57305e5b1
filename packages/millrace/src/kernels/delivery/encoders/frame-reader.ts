import { closeSync, openSync, readSync } from "node:fs";
import { assert } from "../../../core/assert.ts";
import type { ConversionJob } from "./conversion-job.ts";
import { frameHeaderBytes } from "./record-frame.ts";

const firstBytes = 1024 * 1024;

/** Reads the frames of jobs, piece by piece, through one buffer that is used again and again. */
export class FrameReader {
  #buffer: Buffer = Buffer.allocUnsafeSlow(firstBytes);
  #held = 0;

  /** Whole frames, one or many; valid until the next piece. */
  *pieces(job: ConversionJob): Generator<Buffer> {
    this.#held = 0;
    if (job.file !== undefined) {
      const file = openSync(job.file.path, "r");
      try {
        for (let at = 0; at < job.file.sizeBytes; ) {
          const room = Math.min(this.#room(), job.file.sizeBytes - at);
          const read = readSync(file, this.#buffer, this.#held, room, at);
          if (read === 0) throw new Error(`the spool file ends at ${at} of ${job.file.sizeBytes} bytes`);
          at += read;
          yield* this.#taken(read);
        }
      } finally {
        closeSync(file);
      }
    }
    for (const part of job.frames) {
      for (let at = 0; at < part.length; ) {
        const piece = part.subarray(at, at + this.#room());
        this.#buffer.set(piece, this.#held);
        at += piece.length;
        yield* this.#taken(piece.length);
      }
    }
    assert(this.#held === 0, "a job ends with a whole frame");
  }

  /** Room behind what is held: never none, a frame that is larger than the buffer makes it grow. */
  #room(): number {
    if (this.#held === this.#buffer.length) this.#buffer = Buffer.concat([this.#buffer], this.#held * 2);
    return this.#buffer.length - this.#held;
  }

  *#taken(more: number): Generator<Buffer> {
    this.#held += more;
    const whole = wholeFrames(this.#buffer, this.#held);
    if (whole === 0) return;
    yield this.#buffer.subarray(0, whole);
    this.#buffer.copyWithin(0, whole, this.#held);
    this.#held -= whole;
  }
}

/** Bytes that the whole frames at the beginning take. */
function wholeFrames(bytes: Buffer, length: number): number {
  let at = 0;
  while (at + frameHeaderBytes <= length) {
    const end = at + frameHeaderBytes + bytes.readUInt32LE(at) + bytes.readUInt32LE(at + 4);
    if (end > length) break;
    at = end;
  }
  return at;
}
