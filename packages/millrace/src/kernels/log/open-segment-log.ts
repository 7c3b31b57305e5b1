import type { Clock } from "../../core/clock.ts";
import type { Logger } from "../../core/logger.ts";
import { ActiveSegment } from "./active-segment.ts";
import { AppendQueue } from "./append-queue.ts";
import { BatchReader } from "./batch-reader.ts";
import { CorruptionError } from "./errors.ts";
import type { LogFiles } from "./files.ts";
import { DurableListeners } from "./listeners.ts";
import type { LogOptions } from "./log-options.ts";
import { LogRecovery, type RecoveredSegments } from "./log-recovery.ts";
import { type LogState, readState, stateName, writeState } from "./log-state.ts";
import { LogWriter } from "./log-writer.ts";
import { laterOf, toOffset } from "./offset.ts";
import { Quarantine } from "./quarantine.ts";
import { QueueBudget, type StoreQueue } from "./queue-budget.ts";
import { offsetOfName } from "./segment.ts";
import { SegmentKeys } from "./segment-cipher.ts";
import { SegmentHealer } from "./segment-healer.ts";
import { SegmentLog } from "./segment-log.ts";
import type { SegmentReaders } from "./segment-readers.ts";
import { SegmentRepair } from "./segment-repair.ts";
import type { TailCache } from "./tail-cache.ts";

/** What the logs of a store share. */
export interface SharedParts {
  readonly files: LogFiles;
  readonly clock: Clock;
  readonly log: Logger;
  readonly readers: SegmentReaders;
  readonly cache: TailCache;
  readonly queue: StoreQueue;
}

/** Opens the log in a directory, recovering it, or makes it. */
export async function openSegmentLog(
  shared: SharedParts,
  id: string,
  directory: string,
  options: LogOptions,
  onClosing: (released: Promise<void>) => void,
): Promise<SegmentLog> {
  const { files } = shared;
  const stored = await openState(shared, id, directory);
  const recovered = await new LogRecovery(directory, files, shared.log).run(stored.firstOffset);
  const last = recovered.segments.at(-1)?.stats;
  const newestMs = recovered.segments.map(({ stats }) => (stats.frames > 0 ? stats.lastAppendTimeMs : -1));
  const state = {
    ...stored,
    nextOffset: laterOf(stored.nextOffset, last?.nextOffset ?? toOffset(0)),
    lastAppendTimeMs: newestMs.reduce((a, b) => Math.max(a, b), stored.lastAppendTimeMs),
  };
  return assemble(shared, state, directory, options, recovered, onClosing);
}

async function openState(shared: SharedParts, id: string, directory: string): Promise<LogState> {
  const { files, clock, log } = shared;
  const names = await files.names(directory);
  if (names.includes(stateName)) {
    const state = await readState(files, directory);
    if (state.id !== id) throw new CorruptionError(directory, 0, `it holds the log ${state.id}, not ${id}`);
    return state;
  }
  const segments = names.map(offsetOfName).filter((offset) => offset !== undefined);
  const firstOffset = toOffset(segments[0] ?? 0);
  if (segments.length > 0)
    log.warn({ id, firstOffset }, "the log has segments and no state; the state is made anew");
  const state: LogState = {
    version: 1,
    id,
    createdMs: clock.now(),
    sealed: false,
    firstOffset,
    nextOffset: firstOffset,
    lastAppendTimeMs: -1,
  };
  await writeState(files, directory, state);
  return state;
}

function assemble(
  shared: SharedParts,
  state: LogState,
  directory: string,
  options: LogOptions,
  { segments, active: lastWriter, reports }: RecoveredSegments,
  onClosing: (released: Promise<void>) => void,
): SegmentLog {
  const { files, clock, log, readers } = shared;
  const { id, lastAppendTimeMs } = state;
  const { cipher, segmentMaxBytes, durability } = options;
  const keys = new SegmentKeys(cipher);
  const listeners = new DurableListeners(log);
  const tail = shared.cache.openTail();
  const budget = new QueueBudget(shared.queue);
  const queue = new AppendQueue(id, clock, budget, { nextOffset: state.nextOffset, lastAppendTimeMs });
  const active = new ActiveSegment(
    { id, directory, files, clock, log, segmentMaxBytes, cipher, keys, readers, segments },
    lastWriter,
  );
  const writer = new LogWriter({
    id,
    clock,
    log,
    segmentMaxBytes,
    syncIntervalMs: durability.mode === "interval" ? durability.intervalMs : 0,
    active,
    queue,
    tail,
    lastAppendTimeMs,
    sealed: state.sealed,
    onDurable: (offset) => listeners.tell(offset),
  });
  const healer = new SegmentHealer(files, log, new SegmentRepair(new Quarantine(files, log), log), readers);
  const reader = new BatchReader(id, readers, keys);
  const parts = {
    state,
    directory,
    files,
    clock,
    log,
    options,
    segments,
    reports,
    active,
    writer,
    queue,
    budget,
  };
  return new SegmentLog({ ...parts, reader, readers, healer, listeners, tail, onClosing });
}
