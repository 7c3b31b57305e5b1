import { messageOf } from "../../core/errors.ts";
import type { Logger } from "../../core/logger.ts";
import { type Appended, type AppendInput, advance, type Log, type Offset } from "../log/port.ts";
import { AppendIndex } from "./append-index.ts";
import type { NotedLanes, Positions } from "./positions.ts";
import {
  encodePlain,
  encodeTraced,
  plainKind,
  positionOf,
  type TracedRecord,
  tracedKind,
} from "./record-codec.ts";

/** What is needed of a LogStore; its defaults are `deliveryLogDefaults(durability)`. */
export interface DeliveryLogs {
  open(id: string): Promise<Log>;
  delete(id: string): Promise<void>;
  list(): Promise<readonly string[]>;
}

export interface RecordLogParts {
  readonly pipeline: string;
  /** `intake`, `staged/<consumer>`; with the pipeline's id before it, the log's. */
  readonly name: string;
  readonly logs: DeliveryLogs;
  readonly positions: Positions;
  readonly log: Logger;
  readonly readBytes: number;
}

interface TrimSteps {
  readonly trimStepBytes: number;
  readonly idleTrimBytes: number;
}

export interface AppendOptions {
  /** Encrypts the records in the log under this key. */
  readonly encryption?: { readonly keyId: string };
}

/** Where a lane goes on, and how far the log must be durable for that to be true. */
interface Lane {
  readonly position: string;
  readonly endOffset: Offset;
}

/** A log of records: the intake, or what a stage made of it. Knows the place of each lane copied into it. */
export class RecordLog {
  readonly log: Log;
  readonly index: AppendIndex = new AppendIndex();
  readonly #parts: RecordLogParts;
  #lanes: Promise<Map<string, Lane>> | undefined;

  private constructor(parts: RecordLogParts, log: Log) {
    this.#parts = parts;
    this.log = log;
  }

  static async open(parts: RecordLogParts): Promise<RecordLog> {
    const log = await parts.logs.open(logId(parts.pipeline, parts.name));
    const opened = new RecordLog(parts, log);
    const count = log.nextOffset - log.firstOffset;
    if (count > 0) {
      const [first] = await log.read(log.firstOffset, { maxBytes: 0 }).catch(() => []);
      const timeMs = first?.appendTimeMs ?? log.lastAppendTimeMs ?? 0;
      opened.index.note(log.firstOffset, count, log.info.bytes, timeMs);
    }
    return opened;
  }

  async appendPlain(
    records: readonly Uint8Array[],
    dataBytes: number,
    options: AppendOptions,
  ): Promise<Appended> {
    const payload = encodePlain(records, dataBytes);
    const appended = await this.log.append({ count: records.length, kind: plainKind, payload, ...options });
    this.index.note(appended.firstOffset, records.length, dataBytes, appended.appendTimeMs);
    return appended;
  }

  /** Appends what was copied from a lane together with where the lane goes on. */
  async appendTraced(
    lane: string,
    position: string,
    records: readonly TracedRecord[],
    options: AppendOptions,
  ): Promise<Appended> {
    const lanes = await this.#recovered();
    const payload = encodeTraced(lane, position, records);
    const count = Math.max(records.length, 1);
    const input: AppendInput = { count, kind: tracedKind, payload, ...options };
    const appended = await this.log.append(input);
    const endOffset = advance(appended.firstOffset, count);
    if (endOffset > (lanes.get(lane)?.endOffset ?? -1)) lanes.set(lane, { position, endOffset });
    const arrivalTimeMs = records[0]?.arrivalTimeMs ?? appended.appendTimeMs;
    this.index.note(appended.firstOffset, count, payload.length, arrivalTimeMs);
    return appended;
  }

  /** Where the lane goes on; undefined when nothing was copied from it. */
  async position(lane: string): Promise<string | undefined> {
    return (await this.#recovered()).get(lane)?.position;
  }

  /** Undefined while what it says is not durable. */
  async durablePosition(lane: string): Promise<string | undefined> {
    const known = (await this.#recovered()).get(lane);
    return known !== undefined && known.endOffset <= this.log.durableOffset ? known.position : undefined;
  }

  /** The positions that were noted last, and what the batches behind that note say. */
  #recovered(): Promise<Map<string, Lane>> {
    this.#lanes ??= this.#recover().catch((error) => {
      this.#lanes = undefined;
      throw error;
    });
    return this.#lanes;
  }

  async #recover(): Promise<Map<string, Lane>> {
    const { positions, pipeline, name, readBytes } = this.#parts;
    const { log } = this;
    const noted = positions.lanes(pipeline, name);
    const lanes = new Map<string, Lane>();
    for (const [lane, position] of noted?.lanes ?? [])
      lanes.set(lane, { position, endOffset: log.firstOffset });
    const end = log.durableOffset;
    let from = noted === undefined || noted.nextOffset < log.firstOffset ? log.firstOffset : noted.nextOffset;
    while (from < end) {
      const batches = await log.read(from, { maxBytes: readBytes });
      const last = batches.at(-1);
      if (last === undefined) break;
      from = advance(last.firstOffset, last.count);
      for (const batch of batches) {
        const found = positionOf(batch);
        const endOffset = advance(batch.firstOffset, batch.count);
        if (found !== undefined) lanes.set(found.lane, { position: found.position, endOffset });
      }
    }
    return lanes;
  }

  /** Whether so much lies below the offset that removing it is worth some syncs. */
  isWorthTrimming(offset: Offset, { trimStepBytes, idleTrimBytes }: TrimSteps): boolean {
    const { firstOffset, nextOffset, info } = this.log;
    if (offset <= firstOffset) return false;
    const below = (info.bytes * (offset - firstOffset)) / (nextOffset - firstOffset);
    return below >= (offset === nextOffset ? idleTrimBytes : trimStepBytes);
  }

  /** Gives up what lies below; what it told of lanes is noted before. Waits for the next time when it cannot. */
  async trimTo(offset: Offset): Promise<void> {
    const { positions, pipeline, name } = this.#parts;
    const lanes = await this.#lanes;
    const durable = this.log.durableOffset;
    if (lanes !== undefined) {
      const noted: NotedLanes = { nextOffset: durable, lanes: new Map() };
      for (const [lane, { position, endOffset }] of lanes) {
        if (endOffset > durable) return;
        noted.lanes.set(lane, position);
      }
      await positions.noteLanes(pipeline, name, noted);
    }
    await this.log.trimTo(offset);
  }

  async close(): Promise<void> {
    await this.log.close().catch((error) => {
      this.#parts.log.warn({ id: this.log.id, error: messageOf(error) }, "a log of delivery did not close");
    });
  }
}

export function logId(pipeline: string, name: string): string {
  return `${pipeline}/${name}`;
}
