import { setImmediate } from "node:timers/promises";
import type { SelectObjectContentEventStream } from "@aws-sdk/client-s3";
import type { Clock } from "../../../core/clock.ts";
import type { ByteCounter } from "./input/byte-counter.ts";
import type { RecordSource } from "./input/record-source.ts";
import type { Query } from "./query.ts";
import { selectLimits } from "./select-limits.ts";

export interface EventOptions {
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly counter: ByteCounter;
  readonly progress: boolean;
}

/**
 * The events of a query: its records as they are found, a sign of life each second, then Stats and End. An
 * error ends it. The reader's pace is the query's: nothing is read ahead of what was taken.
 */
export async function* selectEvents<Row>(
  source: RecordSource<Row>,
  query: Query<Row>,
  { clock, signal, counter, progress }: EventOptions,
): AsyncGenerator<SelectObjectContentEventStream> {
  let sentMs = clock.now();
  const parts: string[] = [];
  let characters = 0;
  const flush = function* (): Generator<SelectObjectContentEventStream> {
    const payload = Buffer.from(parts.join(""));
    parts.length = 0;
    characters = 0;
    for (let at = 0; at < payload.length; at += selectLimits.recordsEventBytes) {
      const Payload = payload.subarray(at, at + selectLimits.recordsEventBytes);
      counter.returned += Payload.length;
      yield { Records: { Payload } };
    }
  };
  const add = (text: string): void => {
    if (text === "") return;
    parts.push(text);
    characters += text.length;
  };
  if (!query.isDone) {
    for await (const rows of source.batches()) {
      if (signal.aborted) return;
      for (let from = 0; from < rows.length && !query.isDone; ) {
        const { text, next } = query.take(rows, from);
        from = next;
        add(text);
        if (characters >= selectLimits.recordsEventBytes) yield* flush();
        // Others have their turn, also when the next records are there already.
        await setImmediate();
      }
      if (query.isDone) break;
      if (clock.now() - sentMs < selectLimits.heartbeatMs) continue;
      sentMs = clock.now();
      if (characters > 0) yield* flush();
      else yield { Cont: {} };
      if (progress) yield { Progress: { Details: counter.details() } };
    }
  }
  add(query.end());
  yield* flush();
  if (progress) yield { Progress: { Details: counter.details() } };
  yield { Stats: { Details: counter.details() } };
  yield { End: {} };
}
