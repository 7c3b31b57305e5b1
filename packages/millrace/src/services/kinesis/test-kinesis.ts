import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { _Record, Kinesis, SubscribeToShardEvent } from "@aws-sdk/client-kinesis";
import { assert } from "../../core/assert.ts";
import { ServiceError } from "../../core/errors.ts";
import { MasterKey } from "../../core/master-key.ts";
import { MetricRegistry } from "../../core/metrics.ts";
import { Store } from "../../core/store.ts";
import type { MetricIdentity, MetricSink, MetricValue } from "../../core/telemetry.ts";
import type { Call } from "../../gateway/call.ts";
import type { Permission } from "../../gateway/service.ts";
import {
  account,
  type InputOf,
  OperationRunner,
  type OutputOf,
  region,
} from "../../gateway/test-operations.ts";
import { PageTokens } from "../../gateway/tokens.ts";
import type { LogFiles } from "../../kernels/log/files.ts";
import { LogStore } from "../../kernels/log/log-store.ts";
import type { SegmentCipher } from "../../kernels/log/segment-cipher.ts";
import { createInput, TestDelivery } from "./channels/test-channels.ts";
import type { KinesisSettings, StreamKeys, StreamKeyUse } from "./dependencies.ts";
import { KinesisMeter } from "./meter.ts";
import { operations } from "./operations.ts";
import { KinesisState } from "./state.ts";
import type { Stream } from "./stream.ts";

export { account, codeOf, errorOf, region } from "../../gateway/test-operations.ts";

const transitionMs = 500;
/** Pages of one shard that a test may read: a reader that does not come forward fails instead of hanging. */
const maxPages = 1_000;
/** Turns of the event loop that a test waits for something: more means that it will never come. */
const maxTurns = 50_000;

export interface TestKinesisOptions {
  readonly settings?: Partial<KinesisSettings>;
  /** Keeps documents and logs in a directory, so that `restart` finds them again. */
  readonly onDisk?: boolean;
  /** A file system for the logs on disk. */
  readonly files?: LogFiles;
  readonly random?: () => number;
}

/** One Kinesis without a gateway: its operations are called directly, on a clock that stands still. */
export class TestKinesis extends OperationRunner<Kinesis, KinesisState> implements AsyncDisposable {
  readonly directory: string | undefined;
  /** What was published to CloudWatch. */
  readonly metrics: RecordedMetrics = new RecordedMetrics();
  readonly #options: TestKinesisOptions;
  readonly #master: MasterKey = MasterKey.random();
  readonly keys: TestKeys = new TestKeys(this.#master);
  /** What delivers its channels. */
  readonly delivery: TestDelivery;
  #parts: { readonly state: KinesisState; readonly store: Store; readonly logs: LogStore };

  private constructor(options: TestKinesisOptions) {
    super("kinesis", operations);
    this.#options = options;
    this.directory = options.onDisk ? mkdtempSync(join(tmpdir(), "millrace-kinesis-")) : undefined;
    const { clock, logger: log, keys: cipher, directory } = this;
    this.delivery = new TestDelivery({ clock, log, cipher, directory });
    this.#parts = this.#open();
  }

  static async start(options: TestKinesisOptions = {}): Promise<TestKinesis> {
    const kinesis = new TestKinesis(options);
    await kinesis.state.load();
    return kinesis;
  }

  #open(): { readonly state: KinesisState; readonly store: Store; readonly logs: LogStore } {
    const { clock, directory, logger: log } = this;
    const { settings, files, random = Math.random } = this.#options;
    const { keys } = this;
    const store = new Store({
      path: directory ? join(directory, "kinesis.sqlite") : ":memory:",
      sync: "off",
    });
    const logs = new LogStore({
      dir: join(directory ?? tmpdir(), directory ? "logs" : "millrace-kinesis-in-memory"),
      clock,
      log,
      defaults: { durability: { mode: directory ? "sync" : "memory" }, cipher: keys },
      ...(files === undefined ? {} : { files }),
    });
    const state = new KinesisState({
      clock,
      log,
      store,
      logs,
      keys,
      random,
      tokens: new PageTokens({ key: this.#master.derive("page tokens"), clock }),
      metrics: this.metrics,
      channels: this.delivery,
      meter: new KinesisMeter({ registry: new MetricRegistry(), sink: this.metrics, clock }),
      iteratorKey: this.#master.derive("shard iterators"),
      settings: { transitionMs, throughput: { kind: "off" }, shardLimit: 200, ...settings },
    });
    this.delivery.state = state;
    return { state, store, logs };
  }

  get state(): KinesisState {
    return this.#parts.state;
  }
  get store(): Store {
    return this.#parts.store;
  }
  get logs(): LogStore {
    return this.#parts.logs;
  }

  /** Creates a stream, `orders` with one shard unless told otherwise, and waits until it is ACTIVE. */
  async stream(
    input: Partial<InputOf<Kinesis, "CreateStream">> = {},
    call: Partial<Call> = {},
  ): Promise<Stream> {
    const StreamName = input.StreamName ?? "orders";
    const shards = input.StreamModeDetails?.StreamMode === "ON_DEMAND" ? {} : { ShardCount: 1 };
    await this.run("CreateStream", { StreamName, ...shards, ...input }, call);
    await this.pass();
    return this.find(StreamName, call);
  }

  find(name: string = "orders", call: Partial<Call> = {}): Stream {
    const stream = this.state.streams.get(call.account ?? account, call.region ?? region, name);
    assert(stream !== undefined, `there is no stream ${name}`);
    return stream;
  }

  /** Lets time pass, by default until transitional states end, and waits for what it set off. */
  async pass(ms: number = transitionMs): Promise<void> {
    // What has begun to wait sets its timers first.
    await new Promise((resolve) => setImmediate(resolve));
    this.clock.advance(ms);
    await this.state.streams.idle();
  }

  /** Registers a consumer of a stream and waits until it is ACTIVE. Answers its ARN. */
  async consumer(stream: Stream, name: string = "reader"): Promise<string> {
    const { Consumer } = await this.run("RegisterStreamConsumer", {
      StreamARN: stream.arn,
      ConsumerName: name,
    });
    await this.pass();
    return Consumer?.ConsumerARN ?? "";
  }

  /** Subscribes a consumer; the subscription ends at the end of the test's scope. */
  async subscribe(
    input: InputOf<Kinesis, "SubscribeToShard">,
    signal?: AbortSignal,
  ): Promise<TestSubscription> {
    const client = new AbortController();
    const { EventStream } = await this.run("SubscribeToShard", input, { signal: signal ?? client.signal });
    assert(EventStream !== undefined, "a subscription has an event stream");
    return new TestSubscription(EventStream[Symbol.asyncIterator](), () => client.abort());
  }

  /** Creates a channel of the stream `orders`, which is made if it is not there, and waits until it is ACTIVE. */
  async channel(changes: Partial<InputOf<Kinesis, "CreateChannel">> = {}): Promise<string> {
    if (this.state.streams.get(account, region, "orders") === undefined)
      await this.stream({ StreamModeDetails: { StreamMode: "ON_DEMAND" } });
    const { ChannelDescription } = await this.run("CreateChannel", createInput(changes));
    await this.pass();
    return ChannelDescription?.ChannelARN ?? "";
  }

  /** Waits, turn by turn of the event loop, until something holds. */
  async until(holds: () => boolean): Promise<void> {
    for (let turn = 0; turn < maxTurns; turn++) {
      if (holds()) return;
      await new Promise((resolve) => setImmediate(resolve));
    }
    throw new Error("what was waited for did not come");
  }

  async put(stream: Stream, data: string, key: string = "key"): Promise<{ shard: string; sequence: string }> {
    const { ShardId, SequenceNumber } = await this.run("PutRecord", {
      StreamARN: stream.arn,
      Data: Buffer.from(data),
      PartitionKey: key,
    });
    return { shard: ShardId ?? "", sequence: SequenceNumber ?? "" };
  }

  async iterator(stream: Stream, input: Partial<InputOf<Kinesis, "GetShardIterator">> = {}): Promise<string> {
    const { ShardIterator } = await this.run("GetShardIterator", {
      StreamARN: stream.arn,
      ShardId: "shardId-000000000000",
      ShardIteratorType: "TRIM_HORIZON",
      ...input,
    });
    return ShardIterator ?? "";
  }

  /** All that a shard holds now. */
  async records(stream: Stream, ShardId: string = "shardId-000000000000"): Promise<_Record[]> {
    const records: _Record[] = [];
    let ShardIterator: string | undefined = await this.iterator(stream, { ShardId });
    for (let pages = 0; ShardIterator !== undefined; pages++) {
      assert(pages < maxPages, "a shard of a test does not end");
      const page: OutputOf<Kinesis, "GetRecords"> = await this.run("GetRecords", { ShardIterator });
      if (page.Records?.length === 0) break;
      records.push(...(page.Records ?? []));
      ShardIterator = page.NextShardIterator;
    }
    return records;
  }

  async #close(): Promise<void> {
    await this.state.channelLifecycle.close();
    await this.state.streams.close();
    await this.delivery.close();
    await this.logs.close();
    this.store.close();
  }

  /** Stops and starts again on the same directory. */
  async restart(): Promise<void> {
    assert(this.directory !== undefined, "only a Kinesis on disk can be restarted");
    await this.#close();
    this.#parts = this.#open();
    await this.state.load();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#close();
    if (this.directory !== undefined) rmSync(this.directory, { recursive: true, force: true });
  }
}

type Events = AsyncIterator<{ readonly SubscribeToShardEvent?: SubscribeToShardEvent | undefined }>;

/** The client's side of a subscription. */
export class TestSubscription implements AsyncDisposable {
  readonly events: Events;
  /** What happens when the connection breaks. */
  readonly leave: () => void;

  constructor(events: Events, leave: () => void) {
    this.events = events;
    this.leave = leave;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.leave();
    await this.events.return?.();
  }
}

/** Adds up what is published, by the name and the values of the dimensions. */
class RecordedMetrics implements MetricSink {
  readonly sums: Map<string, number> = new Map();
  readonly counts: Map<string, number> = new Map();

  record(metric: MetricValue): void {
    this.series(metric).add(metric.value);
  }

  series({ name, dimensions }: MetricIdentity): { add: (value: number) => void } {
    const key = [name, ...Object.values(dimensions)].join(" ");
    return {
      add: (value) => {
        this.sums.set(key, (this.sums.get(key) ?? 0) + value);
        this.counts.set(key, (this.counts.get(key) ?? 0) + 1);
      },
    };
  }

  /** Sums by name, for metrics of these dimensions alone. */
  of(...dimensions: readonly string[]): Record<string, number> {
    const end = ["", ...dimensions].join(" ");
    const found = [...this.sums].filter(([key]) => key.endsWith(end));
    return Object.fromEntries(found.map(([key, sum]) => [key.slice(0, -end.length), sum]));
  }
}

/** Knows every key but `missing`; those in `disabled` cannot be used. */
class TestKeys implements StreamKeys, SegmentCipher {
  readonly disabled: Set<string> = new Set();
  /** No data key can be opened. */
  unopenable = false;
  readonly #master: MasterKey;

  constructor(master: MasterKey) {
    this.#master = master;
  }

  async check(keyId: string): Promise<void> {
    this.checkNow(keyId);
  }

  checkNow(keyId: string): void {
    if (keyId === "missing") throw new ServiceError("KMSNotFoundException", `Invalid keyId ${keyId}`);
    if (this.disabled.has(keyId)) throw new ServiceError("KMSDisabledException", `${keyId} is disabled.`);
  }

  permission({ action, keyId, caller, context }: StreamKeyUse): Permission | undefined {
    return keyId === "missing" ? undefined : { action, resources: [keyId], context: { ...context, caller } };
  }

  async createDataKey(keyId: string): Promise<{ plaintext: Uint8Array; wrapped: Uint8Array }> {
    const plaintext = randomBytes(32);
    return { plaintext, wrapped: this.#master.seal(keyId, plaintext) };
  }

  async openDataKey(keyId: string, wrapped: Uint8Array): Promise<Uint8Array> {
    if (this.unopenable) throw new ServiceError("KMSDisabledException", `${keyId} is disabled.`);
    return this.#master.open(keyId, wrapped);
  }
}

/** The texts of records. */
export function texts(records: readonly _Record[] | undefined): string[] {
  return (records ?? []).map(({ Data }) => Buffer.from(Data ?? []).toString());
}

/** The next event of a subscription, or undefined at its end. */
export async function nextEvent(events: Events): Promise<SubscribeToShardEvent | undefined> {
  const result = await events.next();
  return result.done ? undefined : result.value.SubscribeToShardEvent;
}
