import { randomUUID } from "node:crypto";
import type { Clock } from "../../../core/clock.ts";
import { FunctionError, type Functions } from "../../../core/functions-port.ts";
import type { BufferHints, Processed, Processor } from "../processor.ts";
import type { DeliveryRecord, FailedRecord } from "../record.ts";
import { type FunctionVerdict, type Problem, problemOf, readAnswer } from "./function-answer.ts";
import { type FunctionSource, requestPayload } from "./function-request.ts";

const outputType = "processing-failed";
/** Of a request and of an answer, as Lambda bounds them. */
const maxPayloadBytes = 6 * 1024 * 1024;
/** Of the members around a record's data in a request, when its keys are as long as they can be. */
const recordOverheadBytes = 1200;
const requestOverheadBytes = 4096;
const timeoutMs = 5 * 60 * 1000;
const firstRetryDelayMs = 1000;
const maxRetryDelayMs = 30_000;

export interface FunctionSettings {
  readonly functionArn: string;
  /** After the first attempt. */
  readonly retries: number;
  readonly hints: BufferHints;
  readonly source: FunctionSource;
}

/** Lets a function transform, drop or refuse records, in batches, by Firehose's contract with Lambda. */
export class FunctionTransformation implements Processor {
  readonly isDeterministic = false;
  readonly hints: BufferHints;
  readonly #settings: FunctionSettings;
  readonly #functions: Functions;
  readonly #clock: Clock;

  constructor(settings: FunctionSettings, parts: { readonly functions: Functions; readonly clock: Clock }) {
    this.hints = settings.hints;
    this.#settings = settings;
    this.#functions = parts.functions;
    this.#clock = parts.clock;
  }

  async process(records: readonly DeliveryRecord[], signal: AbortSignal): Promise<Processed> {
    const taken: DeliveryRecord[] = [];
    const failed: FailedRecord[] = [];
    for (const batch of batches(records)) {
      const processed = await this.#transform(batch, signal);
      taken.push(...processed.records);
      failed.push(...processed.failed);
    }
    return { records: taken, failed };
  }

  async #transform(records: readonly DeliveryRecord[], signal: AbortSignal): Promise<Processed> {
    const { answer, attempts } = await this.#invoke(records, signal);
    const verdicts = answer instanceof Buffer ? readAnswer(answer, records) : answer;
    const taken: DeliveryRecord[] = [];
    const failed: FailedRecord[] = [];
    const attemptEndedMs = this.#clock.now();
    for (const [index, record] of records.entries()) {
      const verdict: FunctionVerdict | undefined = Array.isArray(verdicts) ? verdicts[index] : verdicts;
      if (verdict === undefined || verdict.kind === "dropped") continue;
      if (verdict.kind === "ok") {
        taken.push(transformed(record, verdict));
        continue;
      }
      failed.push({
        record,
        outputType,
        errorCode: verdict.code,
        errorMessage: verdict.message,
        attemptsMade: attempts,
        attemptEndedMs,
        details: { lambdaARN: this.#settings.functionArn },
      });
    }
    return { records: taken, failed };
  }

  /** A wrong answer is an answer; only a function that did not answer is asked again. */
  async #invoke(
    records: readonly DeliveryRecord[],
    signal: AbortSignal,
  ): Promise<{ readonly answer: Buffer | Problem; readonly attempts: number }> {
    const { retries, source } = this.#settings;
    for (let attempt = 1; ; attempt++) {
      signal.throwIfAborted();
      try {
        const answer = await this.#attempt(requestPayload(records, source, randomUUID()), signal);
        if (answer.length > maxPayloadBytes) throw new FunctionError("failed", "The answer is too large.");
        return { answer, attempts: attempt };
      } catch (thrown) {
        signal.throwIfAborted();
        if (!(thrown instanceof FunctionError)) throw thrown;
        if (attempt > retries) return { answer: problemOf(thrown), attempts: attempt };
      }
      await this.#pause(Math.min(firstRetryDelayMs * 2 ** (attempt - 1), maxRetryDelayMs), signal);
    }
  }

  async #attempt(payload: Buffer, signal: AbortSignal): Promise<Buffer> {
    const limit = new AbortController();
    const timer = this.#clock.after(timeoutMs, () =>
      limit.abort(new FunctionError("timedOut", "The function ran for more than 5 minutes.")),
    );
    try {
      const either = AbortSignal.any([signal, limit.signal]);
      return await this.#functions.invoke(this.#settings.functionArn, payload, either);
    } finally {
      timer.cancel();
    }
  }

  #pause(delayMs: number, signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const stop = (): void => {
        timer.cancel();
        reject(signal.reason);
      };
      const timer = this.#clock.after(delayMs, () => {
        signal.removeEventListener("abort", stop);
        resolve();
      });
      signal.addEventListener("abort", stop, { once: true });
    });
  }
}

function* batches(records: readonly DeliveryRecord[]): Generator<readonly DeliveryRecord[]> {
  let batch: DeliveryRecord[] = [];
  let bytes = requestOverheadBytes;
  for (const record of records) {
    const size = Math.ceil(record.data.length / 3) * 4 + recordOverheadBytes;
    if (batch.length > 0 && bytes + size > maxPayloadBytes) {
      yield batch;
      batch = [];
      bytes = requestOverheadBytes;
    }
    batch.push(record);
    bytes += size;
  }
  if (batch.length > 0) yield batch;
}

function transformed(
  record: DeliveryRecord,
  verdict: Extract<FunctionVerdict, { readonly kind: "ok" }>,
): DeliveryRecord {
  if (verdict.partitionKeys === undefined) return { ...record, data: verdict.data };
  const partitionKeys = { ...record.partitionKeys, lambda: verdict.partitionKeys };
  return { ...record, data: verdict.data, partitionKeys };
}
