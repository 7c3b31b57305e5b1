import { randomInt } from "node:crypto";
import type { Clock } from "../../core/clock.ts";
import type { Logger } from "../../core/logger.ts";
import { hasKey, storedBytes } from "./append-queue.ts";
import type { AppendRequest } from "./append-request.ts";
import { LogCipherError } from "./errors.ts";
import type { LogFiles } from "./files.ts";
import type { Segment } from "./segment.ts";
import { checkDataKey, type FrameKey, type SegmentCipher, type SegmentKeys } from "./segment-cipher.ts";
import type { SegmentHeader } from "./segment-header.ts";
import type { SegmentReaders } from "./segment-readers.ts";
import { SegmentWriter, writeIndex } from "./segment-writer.ts";

export interface ActiveSegmentParts {
  readonly id: string;
  readonly directory: string;
  readonly files: LogFiles;
  readonly clock: Clock;
  readonly log: Logger;
  readonly segmentMaxBytes: number;
  readonly cipher: SegmentCipher | undefined;
  readonly keys: SegmentKeys;
  readonly readers: SegmentReaders;
  /** In order, shared with the readers; new segments are added at the end. */
  readonly segments: Segment[];
}

/** Key id and wrapped key must fit a segment's header beside the log's id. */
const maxKeyBytes = 1024;

/** Decides into which segment the next frames go: begins segments and ends them. */
export class ActiveSegment {
  readonly #parts: ActiveSegmentParts;
  #writer: SegmentWriter | undefined;
  /** A data key must not meet an offset twice: after a failed write or a restart its segment ends. */
  #keySpent = true;
  maxAgeMs: number = Number.POSITIVE_INFINITY;

  constructor(parts: ActiveSegmentParts, writer: SegmentWriter | undefined) {
    this.#parts = parts;
    this.#writer = writer;
  }

  get writer(): SegmentWriter | undefined {
    return this.#writer;
  }

  /** Whether frames of this request cannot follow in the active segment. */
  mustEndFor(request: AppendRequest): boolean {
    if (this.#writer === undefined) return false;
    const { segment } = this.#writer;
    const { header, stats } = segment;
    if (!hasKey(segment, request.keyId) || (this.#keySpent && header.cipher !== undefined)) return true;
    if (stats.frames === 0) return false;
    return stats.endPosition + storedBytes(request) > this.#parts.segmentMaxBytes || this.#isOld(segment);
  }

  /** True when the segment holds frames and should make room for retention. */
  get isOld(): boolean {
    const segment = this.#writer?.segment;
    return segment !== undefined && segment.stats.frames > 0 && this.#isOld(segment);
  }

  #isOld(segment: Segment): boolean {
    return this.#parts.clock.now() - segment.header.createdMs >= this.maxAgeMs;
  }

  /** Creates the segment that begins with this request. */
  async begin(request: AppendRequest): Promise<SegmentWriter> {
    const { id, files, directory, keys, segments, clock } = this.#parts;
    const { firstOffset } = request.header;
    const plain: SegmentHeader = { id, firstOffset, createdMs: clock.now(), salt: randomInt(1, 2 ** 32) };
    const cipher = request.keyId === undefined ? undefined : await this.#newKey(request.keyId);
    const header = cipher === undefined ? plain : { ...plain, cipher: cipher.header };
    const writer = await SegmentWriter.create(files, directory, header);
    if (cipher !== undefined) keys.remember(writer.segment, cipher.key);
    segments.push(writer.segment);
    this.#writer = writer;
    this.#keySpent = false;
    return writer;
  }

  async #newKey(keyId: string): Promise<{ header: NonNullable<SegmentHeader["cipher"]>; key: FrameKey }> {
    const { id, cipher } = this.#parts;
    try {
      if (cipher === undefined) throw new Error("the log was opened without a cipher");
      const { plaintext, wrapped } = await cipher.createDataKey(keyId);
      checkDataKey(plaintext);
      if (keyId.length + wrapped.length > maxKeyBytes)
        throw new Error("the wrapped key is too long for a segment");
      const wrappedKey = Buffer.from(wrapped).toString("base64");
      const nonceSalt = randomInt(2 ** 32);
      return { header: { keyId, wrappedKey, nonceSalt }, key: { key: plaintext, nonceSalt, logId: id } };
    } catch (cause) {
      throw new LogCipherError(id, cause);
    }
  }

  /** The data key of the active segment. */
  async key(segment: Segment): Promise<FrameKey> {
    try {
      return await this.#parts.keys.of(segment);
    } catch (cause) {
      throw new LogCipherError(this.#parts.id, cause);
    }
  }

  /**
   * Seals the segment, which makes all of it durable, or drops it when it is empty: its name is then free
   * for a new one.
   */
  async end(): Promise<void> {
    const writer = this.#writer;
    if (writer === undefined) return;
    const { segment } = writer;
    const { files, readers, segments, log } = this.#parts;
    if (segment.stats.frames === 0) {
      this.#writer = undefined;
      segments.splice(segments.indexOf(segment), 1);
      await writer.close();
      await readers.forget(segment);
      return;
    }
    await writer.seal();
    this.#writer = undefined;
    await writeIndex(files, log, segment);
    segment.index = undefined;
  }

  /** Call when everything written is synced. */
  async checkpoint(force = false): Promise<void> {
    const writer = this.#writer;
    if (writer !== undefined && (force || writer.wantsCheckpoint)) await writer.checkpoint(this.#parts.log);
  }

  /** After a write found no space: removes what is left of it. */
  async repair(): Promise<void> {
    this.#keySpent = true;
    await this.#writer?.repair();
  }

  async close(): Promise<void> {
    const writer = this.#writer;
    this.#writer = undefined;
    await writer?.close();
  }
}
