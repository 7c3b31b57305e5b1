import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type {
  CreateDeliveryStreamInput,
  DeliveryStreamDescription,
  ExtendedS3DestinationConfiguration,
  ExtendedS3DestinationUpdate,
  Firehose,
} from "@aws-sdk/client-firehose";
import { assert } from "../../core/assert.ts";
import { MasterKey } from "../../core/master-key.ts";
import { MetricRegistry } from "../../core/metrics.ts";
import { SqlFile } from "../../core/sql-file.ts";
import { Store } from "../../core/store.ts";
import type { Call } from "../../gateway/call.ts";
import { account, OperationRunner, region } from "../../gateway/test-operations.ts";
import {
  DeliveryPipelines,
  deliveryLogDefaults,
  EncoderPool,
  Encoders,
  positionSchema,
} from "../../kernels/delivery/index.ts";
import { LogStore } from "../../kernels/log/index.ts";
import type { DeliveryStream } from "./delivery-stream.ts";
import type { FirehoseSettings } from "./dependencies.ts";
import { FirehoseMeter } from "./meter.ts";
import { operations } from "./operations.ts";
import { FirehoseState } from "./state.ts";
import {
  TestFunctions,
  TestKeys,
  TestLogs,
  TestMetrics,
  TestPlaces,
  TestRoles,
  TestSources,
  TestTables,
} from "./test-parts.ts";
import type { WarehousePort } from "./warehouse-port.ts";

export { codeAndMessageOf, codeOf, errorOf } from "../../gateway/test-operations.ts";

const transitionMs = 500;
export const roleArn: string = `arn:aws:iam::${account}:role/firehose`;
export const streamName = "clicks";
export const destinationId = "destinationId-000000000001";

/** Turns of the event loop that a test waits for something: more means that it will never come. */
const maxTurns = 2_000_000;

interface Parts {
  readonly state: FirehoseState;
  readonly store: Store;
  readonly logs: LogStore;
  readonly positions: SqlFile;
  readonly encoders: Encoders;
  readonly pool: EncoderPool;
}

/** One Firehose without a gateway: its operations are called directly, on a clock that stands still. */
export class TestFirehose extends OperationRunner<Firehose, FirehoseState> implements AsyncDisposable {
  readonly directory: string = mkdtempSync(join(tmpdir(), "millrace-firehose-"));
  readonly places: TestPlaces = new TestPlaces();
  readonly roles: TestRoles = new TestRoles();
  readonly keys: TestKeys = new TestKeys();
  readonly tables: TestTables = new TestTables();
  readonly functions: TestFunctions = new TestFunctions();
  readonly sources: TestSources = new TestSources();
  readonly metrics: TestMetrics = new TestMetrics();
  readonly errorLog: TestLogs = new TestLogs();
  readonly master: MasterKey = MasterKey.random();
  /** Handed in at the next start. */
  warehouse: WarehousePort | undefined;
  readonly #settings: FirehoseSettings;
  #parts: Parts | undefined;

  private constructor(settings: Partial<FirehoseSettings>) {
    super("firehose", operations);
    this.#settings = { transitionMs, streamLimit: 100, ...settings };
  }

  static async start(settings: Partial<FirehoseSettings> = {}): Promise<TestFirehose> {
    const firehose = new TestFirehose(settings);
    await firehose.#open();
    return firehose;
  }

  get state(): FirehoseState {
    assert(this.#parts !== undefined, "it was not started");
    return this.#parts.state;
  }

  async #open(): Promise<void> {
    const { clock, directory, logger: log, places, roles, keys, tables, functions, metrics } = this;
    const store = new Store({ path: join(directory, "state.sqlite"), sync: "off" });
    const logs = new LogStore({
      dir: join(directory, "logs"),
      clock,
      log,
      defaults: { ...deliveryLogDefaults({ mode: "sync" } as const), cipher: keys },
    });
    const positions = new SqlFile({
      path: join(directory, "positions.sqlite"),
      sync: "off",
      schema: positionSchema,
    });
    const pool = new EncoderPool({ log });
    const encoders = await Encoders.open({ spoolDirectory: join(directory, "spool"), clock, pool });
    const meter = new FirehoseMeter({ registry: new MetricRegistry(), sink: metrics, clock });
    const state = new FirehoseState({
      ...{ clock, log, store, places, roles, keys, tables, functions, encoders, meter },
      master: this.master,
      ...(this.warehouse === undefined ? {} : { warehouse: this.warehouse }),
      pipelines: new DeliveryPipelines({ logs, positions, clock, log }),
      streams: this.sources,
      logs: this.errorLog,
      settings: this.#settings,
    });
    this.#parts = { state, store, logs, positions, encoders, pool };
    await state.load();
  }

  async #close(): Promise<void> {
    assert(this.#parts !== undefined, "it was not started");
    const { state, store, logs, positions, encoders, pool } = this.#parts;
    await state.close();
    await logs.close();
    positions.close();
    store.close();
    await encoders.close();
    await pool.close();
  }

  /** Stops and starts again on the same directory. */
  async restart(): Promise<void> {
    await this.#close();
    await this.#open();
  }

  /** Lets transitional states end. */
  async settle(): Promise<void> {
    this.clock.advance(transitionMs);
    await this.state.streams.idle();
  }

  /** Creates a stream that delivers to `lake`, and waits until it is ACTIVE. */
  async create(
    settings: Partial<ExtendedS3DestinationConfiguration> = {},
    input: Partial<CreateDeliveryStreamInput> = {},
  ): Promise<void> {
    await this.run("CreateDeliveryStream", createInput(settings, input));
    await this.settle();
  }

  /** Puts records of these texts. */
  async put(...texts: readonly string[]): Promise<void> {
    await this.run("PutRecordBatch", {
      DeliveryStreamName: streamName,
      Records: texts.map((text) => ({ Data: Buffer.from(text) })),
    });
  }

  async update(
    update: Partial<ExtendedS3DestinationUpdate>,
    version: string = this.stream.document.version.toString(),
  ): Promise<void> {
    await this.run("UpdateDestination", {
      DeliveryStreamName: streamName,
      CurrentDeliveryStreamVersionId: version,
      DestinationId: destinationId,
      ExtendedS3DestinationUpdate: update,
    });
  }

  async describe(
    name: string = streamName,
    call: Partial<Call> = {},
  ): Promise<
    DeliveryStreamDescription & { Destinations: NonNullable<DeliveryStreamDescription["Destinations"]> }
  > {
    const input = { DeliveryStreamName: name };
    const { DeliveryStreamDescription: description } = await this.run("DescribeDeliveryStream", input, call);
    assert(description?.Destinations !== undefined, "a description has destinations");
    return { ...description, Destinations: description.Destinations };
  }

  get stream(): DeliveryStream {
    const stream = this.state.streams.get(account, region, streamName);
    assert(stream !== undefined, "there is no stream");
    return stream;
  }

  /** Delivers all that was put, whatever the buffering hints. */
  async flush(): Promise<void> {
    await this.stream.pipeline?.flush();
  }

  /** Waits, turn by turn of the event loop, until something holds. */
  async until(holds: () => boolean): Promise<void> {
    for (let turn = 0; turn < maxTurns; turn++) {
      if (holds()) return;
      await new Promise((resolve) => setImmediate(resolve));
    }
    throw new Error("what was waited for did not come");
  }

  /** What was published of the stream, by the metric's name. */
  metric(name: string): number | undefined {
    return this.metrics.sums.get(`${streamName} ${name}`);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#close();
    rmSync(this.directory, { recursive: true, force: true });
  }
}

/** A call that the model takes: a stream that delivers to the bucket `lake`. */
export function createInput(
  settings: Partial<ExtendedS3DestinationConfiguration> = {},
  input: Partial<CreateDeliveryStreamInput> = {},
): CreateDeliveryStreamInput {
  return {
    DeliveryStreamName: streamName,
    ExtendedS3DestinationConfiguration: {
      RoleARN: roleArn,
      BucketARN: "arn:aws:s3:::lake",
      ...settings,
    },
    ...input,
  };
}
