import type { Timer } from "../../core/clock.ts";
import { advance, type Offset, toOffset } from "../log/port.ts";
import { Chain, dataBytes } from "./chain.ts";
import { observedRun, type PipelineContext } from "./pipeline-context.ts";
import type { ConsumerPlan } from "./plan.ts";
import type { DeliveryRecord, FailedRecord } from "./record.ts";
import { RecordSink, type TracedRecord, tracedBytes } from "./record-codec.ts";
import type { RecordLog } from "./record-log.ts";
import { Wakeup } from "./wakeup.ts";

/** The lane of a staged log: where the stage goes on in the intake. */
export const stageLane = "";

export interface StageParts extends PipelineContext {
  readonly plan: ConsumerPlan;
  readonly source: RecordLog;
  readonly target: RecordLog;
  /** Where it goes on in the source. */
  readonly position: Offset;
  readonly encryption: () => { readonly keyId: string } | undefined;
  /** Enough is staged that nobody has taken; `wake` tells when that changes. */
  readonly isFull: () => boolean;
  readonly onProgress: () => void;
}

/** Records collected for the processor that wants them collected. */
interface Gathered {
  records: DeliveryRecord[];
  failed: FailedRecord[];
  bytes: number;
  sinceMs: number;
  /** Everything of the source below it is in here or was staged. */
  end: Offset;
}

/**
 * Runs a chain whose answers may differ from time to time and keeps what it made in a log, together with the
 * place in the source that it was made of: each source record is staged once, whatever crashes.
 */
export class Stage {
  readonly #parts: StageParts;
  readonly #before: Chain;
  readonly #after: Chain;
  readonly #hints: { readonly maxBytes: number; readonly maxAgeMs: number };
  readonly #wakeup = new Wakeup();
  readonly #abort = new AbortController();
  #gathered: Gathered;
  #position: Offset;
  #flushTo = -1;

  constructor(parts: StageParts) {
    this.#parts = parts;
    const chain = new Chain(parts.plan.processors);
    const { before, after } = chain.split();
    this.#before = before;
    this.#after = after;
    this.#hints = chain.hints ?? { maxBytes: parts.limits.maxReadBytes, maxAgeMs: 0 };
    this.#position = parts.position;
    this.#gathered = { records: [], failed: [], bytes: 0, sinceMs: 0, end: parts.position };
  }

  /** Everything of the source below it is staged. */
  get position(): Offset {
    return this.#position;
  }

  /** Hands on what lies below the offset as soon as it is read, whatever the hints. */
  flushTo(offset: Offset): void {
    this.#flushTo = Math.max(this.#flushTo, offset);
    this.#wakeup.wake();
  }

  /** Less may be staged now. */
  wake(): void {
    this.#wakeup.wake();
  }

  stop(): void {
    this.#abort.abort(new Error("the stage stops"));
    this.#wakeup.wake();
  }

  /** Resolves when stopped; rejects when it failed. */
  async run(): Promise<void> {
    const listening = this.#parts.source.log.onDurable(() => this.#wakeup.wake());
    try {
      await this.#work();
    } catch (error) {
      if (!this.#abort.signal.aborted) throw error;
    } finally {
      listening[Symbol.dispose]();
    }
  }

  async #work(): Promise<void> {
    const { source, readers } = this.#parts;
    while (!this.#abort.signal.aborted) {
      const isFull = this.#parts.isFull();
      if (!isFull && this.#isDue()) {
        await this.#handOn();
        continue;
      }
      if (!isFull && this.#gathered.end < source.log.durableOffset) {
        await readers.run(() => this.#gather());
        continue;
      }
      const timer = isFull ? undefined : this.#nextDue();
      await this.#wakeup.wait();
      timer?.cancel();
    }
  }

  #isDue(): boolean {
    const { bytes, sinceMs, end } = this.#gathered;
    if (end === this.#position) return false;
    if (bytes >= this.#hints.maxBytes) return true;
    const isFlushing = this.#position < this.#flushTo && end >= this.#flushTo;
    return isFlushing || this.#parts.clock.now() - sinceMs >= this.#hints.maxAgeMs;
  }

  #nextDue(): Timer | undefined {
    const { sinceMs, end } = this.#gathered;
    if (end === this.#position) return undefined;
    const { clock } = this.#parts;
    return clock.after(sinceMs + this.#hints.maxAgeMs - clock.now(), () => this.#wakeup.wake());
  }

  async #gather(): Promise<void> {
    const { source, limits, plan, clock } = this.#parts;
    const gathered = this.#gathered;
    if (gathered.end === this.#position) gathered.sinceMs = clock.now();
    const from = gathered.end;
    const maxBytes = Math.min(limits.maxReadBytes, this.#hints.maxBytes);
    const batches = await source.log.read(from, { maxBytes });
    const last = batches.at(-1);
    const taken = new RecordSink();
    for (const batch of batches) taken.take(batch, from);
    const processed = await observedRun(this.#parts, plan, this.#before, taken.records, this.#abort.signal);
    for (const record of processed.records) gathered.records.push(record);
    gathered.failed.push(...processed.failed);
    gathered.bytes += dataBytes(processed.records);
    gathered.end = last === undefined ? source.log.durableOffset : advance(last.firstOffset, last.count);
  }

  /** Runs the rest of the chain over what is gathered, in portions of the wanted size. */
  async #handOn(): Promise<void> {
    const { records, failed, end } = this.#gathered;
    const { signal } = this.#abort;
    for (let from = 0, isMore = true; isMore; ) {
      const to = portionEnd(records, from, this.#hints.maxBytes);
      isMore = to < records.length;
      const portion = records.slice(from, to);
      const processed = await observedRun(this.#parts, this.#parts.plan, this.#after, portion, signal);
      signal.throwIfAborted();
      const upTo = isMore ? (records[to]?.offset ?? end) : end;
      const earlier = failed.filter(({ record }) => record.offset >= this.#position && record.offset < upTo);
      await this.#append(processed.records, [...earlier, ...processed.failed], upTo);
      from = to;
    }
    this.#gathered = { records: [], failed: [], bytes: 0, sinceMs: 0, end };
  }

  /** Appends in batches that each hold all of their source records. */
  async #append(
    records: readonly DeliveryRecord[],
    failed: readonly FailedRecord[],
    upTo: Offset,
  ): Promise<void> {
    const all = [...records.map(staged), ...failed.map(stagedFailure)].sort((a, b) => a.offset - b.offset);
    let batch: TracedRecord[] = [];
    let bytes = 0;
    const { maxStagedBytes, maxAppendBytes } = this.#parts.limits;
    for (const [i, { offset, record }] of all.entries()) {
      const recordBytes = tracedBytes(record);
      const isNew = offset !== all[i - 1]?.offset;
      if ((isNew && bytes >= maxStagedBytes) || bytes + recordBytes > maxAppendBytes) {
        // Too much was made of one record: what follows of it comes with the next batch, and only then it has passed.
        await this.#appendBatch(batch, isNew ? offset : this.#position);
        batch = [];
        bytes = 0;
      }
      batch.push(record);
      bytes += recordBytes;
    }
    await this.#appendBatch(batch, upTo);
  }

  async #appendBatch(batch: readonly TracedRecord[], position: Offset): Promise<void> {
    const { target, encryption, onProgress } = this.#parts;
    const keyId = encryption();
    const options = keyId === undefined ? {} : { encryption: keyId };
    await target.appendTraced(stageLane, String(position), batch, options);
    this.#position = position;
    onProgress();
  }
}

/** Whole source records until the size is reached. */
function portionEnd(records: readonly DeliveryRecord[], from: number, maxBytes: number): number {
  let bytes = 0;
  let to = from;
  while (to < records.length) {
    if (bytes >= maxBytes && records[to]?.offset !== records[to - 1]?.offset) break;
    bytes += records[to]?.data.length ?? 0;
    to += 1;
  }
  return to;
}

interface Staged {
  readonly offset: Offset;
  readonly record: TracedRecord;
}

function staged({ offset, ...record }: DeliveryRecord): Staged {
  return { offset, record };
}

function stagedFailure({ record, ...failure }: FailedRecord): Staged {
  const { offset, ...traced } = record;
  return { offset, record: { ...traced, failure } };
}

/** The position of a stage as its lane tells it. */
export function stagePosition(text: string | undefined): Offset | undefined {
  return text === undefined ? undefined : toOffset(Number(text));
}
