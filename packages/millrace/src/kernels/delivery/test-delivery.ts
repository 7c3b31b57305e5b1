import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { ManualClock } from "../../core/clock.ts";
import { systemCode } from "../../core/errors.ts";
import { type Logger, silentLogger } from "../../core/logger.ts";
import { SqlFile } from "../../core/sql-file.ts";
import { LogStore, type LogStoreParts } from "../log/index.ts";
import type { DeliveryLimits } from "./limits.ts";
import { deliveryLogDefaults } from "./log-defaults.ts";
import type { DeliveryPipeline } from "./pipeline.ts";
import { DeliveryPipelines } from "./pipelines.ts";
import type { ConsumerPlan, DeliveredBatch, DeliveryObserver, ErrorOutput, PipelinePlan } from "./plan.ts";
import { positionSchema } from "./positions.ts";
import type { DeliveryRecord, FailedRecord } from "./record.ts";
import type { BatchEncoder, BatchIdentity, Delivery, DeliveryOutcome, EncodedBatch, Sink } from "./sink.ts";

const mib = 1024 * 1024;

/** An encoder that keeps its records. It refuses those that begin with `unencodable`. */
export class ListEncoder implements BatchEncoder {
  readonly #records: DeliveryRecord[] = [];
  readonly #refuses: boolean;
  isAborted = false;

  constructor(refuses: boolean) {
    this.#refuses = refuses;
  }

  async add(records: readonly DeliveryRecord[]): Promise<readonly FailedRecord[]> {
    const failed: FailedRecord[] = [];
    for (const record of records) {
      if (this.#refuses && textOf(record).startsWith("unencodable"))
        failed.push(failure(record, "encoding-failed"));
      else this.#records.push(record);
    }
    return failed;
  }

  async finish(): Promise<EncodedBatch> {
    const records = this.#records;
    return {
      recordCount: records.length,
      sizeBytes: records.reduce((sum, { data }) => sum + data.length, 0),
      records,
      async *read() {
        for (const { data } of records) yield data;
      },
      dispose: async () => {},
    };
  }

  async abort(): Promise<void> {
    this.isAborted = true;
  }
}

export function failure(record: DeliveryRecord, outputType: string): FailedRecord {
  const errorCode = `Test.${outputType}`;
  return { record, outputType, errorCode, errorMessage: "refused", attemptsMade: 1, attemptEndedMs: 0 };
}

export function textOf({ data }: DeliveryRecord): string {
  return data.toString();
}

/** What was delivered under a key: a second delivery under the same key replaces it, as in S3. */
export interface KeptObject {
  readonly identity: BatchIdentity;
  readonly texts: readonly string[];
}

/** A destination that keeps what it is given and fails as it is told. */
export class KeepingSink implements Sink {
  readonly objects: Map<string, KeptObject> = new Map();
  /** All that ever arrived, with repetitions. */
  readonly arrived: string[] = [];
  attempts = 0;
  closed = 0;
  /** Nothing arrives and nobody is answered, as after the process has died. */
  isGone = false;
  /** Asked before something is kept: an answer is the outcome, and nothing is kept. */
  refuse: (delivery: Delivery) => DeliveryOutcome | undefined = () => undefined;
  /** Told after something was kept, before anybody knows. */
  onKept: () => void = () => {};

  async deliver(delivery: Delivery, signal: AbortSignal): Promise<DeliveryOutcome> {
    this.attempts += 1;
    if (this.isGone) return untilAborted(signal);
    const refused = this.refuse(delivery);
    if (refused !== undefined) return refused;
    const { identity, remaining, encoded } = delivery;
    const texts = (remaining ?? encoded.records ?? []).map(textOf);
    const { errorOutputType = "" } = identity.partition;
    this.objects.set(`${identity.scope}|${errorOutputType}|${identity.firstOffset}`, { identity, texts });
    this.arrived.push(...texts);
    this.onKept();
    if (this.isGone) return untilAborted(signal);
    return {};
  }

  async close(): Promise<void> {
    this.closed += 1;
  }

  /** Of all objects that are there now, sorted. */
  get texts(): readonly string[] {
    return [...this.objects.values()].flatMap(({ texts }) => texts).sort();
  }
}

function untilAborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    if (signal.aborted) reject(signal.reason);
    signal.addEventListener("abort", () => reject(signal.reason));
  });
}

/** Counts what it is told. */
export class CountingObserver implements DeliveryObserver {
  receivedRecords = 0;
  readonly deliveries: (DeliveredBatch & { readonly consumer: string })[] = [];
  readonly failedAttempts: string[] = [];
  readonly failures: FailedRecord[] = [];
  processedRecords = 0;

  received(records: number): void {
    this.receivedRecords += records;
  }
  delivered(consumer: string, batch: DeliveredBatch): void {
    this.deliveries.push({ consumer, ...batch });
  }
  attemptFailed(_consumer: string, errorCode: string): void {
    this.failedAttempts.push(errorCode);
  }
  recordsFailed(_consumer: string, failed: readonly FailedRecord[]): void {
    this.failures.push(...failed);
  }
  processed(_consumer: string, records: number): void {
    this.processedRecords += records;
  }
}

export function errorOutput(sink: Sink, given: Partial<ErrorOutput> = {}): ErrorOutput {
  return {
    hints: { maxBytes: mib, maxAgeMs: 60_000 },
    sink,
    format: ({ record, outputType }) => Buffer.from(`${outputType}<${textOf(record)}>`),
    encoder: () => new ListEncoder(false),
    deliveryFailedType: "delivery-failed",
    ...given,
  };
}

/** A pipeline in a directory of its own, with a clock that stands still. */
export class DeliveryFixture implements AsyncDisposable {
  dir: string = fs.mkdtempSync(path.join(os.tmpdir(), "millrace-delivery-"));
  readonly clock: ManualClock;
  readonly sink: KeepingSink = new KeepingSink();
  readonly errors: KeepingSink = new KeepingSink();
  readonly observer: CountingObserver = new CountingObserver();
  readonly logged: string[] = [];
  logs: LogStore | undefined;
  pipelines: DeliveryPipelines | undefined;
  #positions: SqlFile | undefined;

  constructor(clock: ManualClock = new ManualClock()) {
    this.clock = clock;
  }

  get logger(): Logger {
    const note = (fields: object, message: string): void => {
      this.logged.push(`${message} ${JSON.stringify(fields)}`);
    };
    return { ...silentLogger, error: note, child: () => this.logger };
  }

  /** One consumer that delivers 1 MiB or what has waited for a minute. */
  plan(given: Partial<ConsumerPlan> = {}): PipelinePlan {
    return { consumers: [this.consumer(given)] };
  }

  consumer(given: Partial<ConsumerPlan> = {}): ConsumerPlan {
    return {
      name: "destination",
      processors: [],
      hints: { maxBytes: mib, maxAgeMs: 60_000 },
      sink: this.sink,
      encoder: () => new ListEncoder(true),
      errors: errorOutput(this.errors),
      ...given,
    };
  }

  async open(
    plan: PipelinePlan = this.plan(),
    limits: Partial<DeliveryLimits> = {},
    logParts: Partial<LogStoreParts> = {},
    id: string = "orders.1",
  ): Promise<DeliveryPipeline> {
    const { clock, logger: log, observer } = this;
    const defaults = deliveryLogDefaults({ mode: "sync" } as const);
    this.logs ??= new LogStore({ dir: path.join(this.dir, "logs"), clock, log, defaults, ...logParts });
    const file = path.join(this.dir, "positions.sqlite");
    this.#positions ??= new SqlFile({ path: file, sync: "normal", schema: positionSchema });
    this.pipelines ??= new DeliveryPipelines({
      logs: this.logs,
      positions: this.#positions,
      clock,
      log,
      limits,
    });
    return this.pipelines.open({ id, plan, observer });
  }

  async close(): Promise<void> {
    await this.pipelines?.close();
    await this.logs?.close();
    this.#positions?.close();
    this.pipelines = undefined;
    this.logs = undefined;
    this.#positions = undefined;
  }

  /** What a crash at this moment would leave on disk is what the next opening finds. */
  async crash(): Promise<void> {
    const copy = fs.mkdtempSync(path.join(os.tmpdir(), "millrace-delivery-"));
    copyLiving(this.dir, copy);
    const old = this.dir;
    await this.close();
    fs.rmSync(old, { recursive: true, force: true });
    this.dir = copy;
  }

  /** Lets everything happen that needs no time to pass, until the condition holds. */
  async until(condition: () => boolean): Promise<void> {
    for (let turns = 0; !condition(); turns++) {
      if (turns > maxTurns) throw new Error("the condition never held");
      await new Promise((resolve) => setImmediate(resolve));
    }
  }

  /** Lets time pass until the promise is settled. */
  async passing<T>(promise: Promise<T>, stepMs: number = 1000): Promise<T> {
    let isSettled = false;
    const settle = (): void => {
      isSettled = true;
    };
    promise.then(settle, settle);
    for (let turns = 0; !isSettled; turns++) {
      if (turns > maxTurns)
        throw new Error(`the promise was never settled: ${this.logged.slice(-3).join("; ")}`);
      await new Promise((resolve) => setImmediate(resolve));
      if (turns % 20 === 19) this.clock.advance(stepMs);
    }
    return promise;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
    fs.rmSync(this.dir, { recursive: true, force: true });
  }
}

/**
 * Copies files that are being written, cut and removed meanwhile. Not by fs.copyFileSync, which never ends when a
 * file becomes shorter.
 */
function copyLiving(from: string, to: string): void {
  fs.mkdirSync(to, { recursive: true });
  for (const entry of fs.readdirSync(from, { withFileTypes: true })) {
    const [source, target] = [path.join(from, entry.name), path.join(to, entry.name)];
    if (entry.isDirectory()) copyLiving(source, target);
    else if (entry.name !== ".lock") copyFile(source, target);
  }
}

function copyFile(source: string, target: string): void {
  try {
    fs.writeFileSync(target, fs.readFileSync(source));
  } catch (error) {
    // A temporary file was renamed, or a segment removed, since the directory was read.
    if (systemCode(error) !== "ENOENT") throw error;
  }
}

const maxTurns = 20_000_000;

export function put(pipeline: DeliveryPipeline, ...texts: readonly string[]): Promise<unknown> {
  return pipeline.append(texts.map((text) => Buffer.from(text)));
}
