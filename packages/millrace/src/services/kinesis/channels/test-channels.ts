import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type {
  CreateChannelInput,
  RecordFormatType,
  S3DestinationConfiguration,
  S3StorageConfiguration,
} from "@aws-sdk/client-kinesis";
import type { Clock } from "../../../core/clock.ts";
import type { Logger } from "../../../core/logger.ts";
import type { RoleAccess, RoleRefusal, RoleUse } from "../../../core/role-access.ts";
import { SqlFile } from "../../../core/sql-file.ts";
import type { LogSink } from "../../../core/telemetry.ts";
import { account, region } from "../../../gateway/test-operations.ts";
import {
  DeliveryPipelines,
  deliveryLogDefaults,
  EncoderPool,
  Encoders,
  type ObjectPut,
  ObjectTargetError,
  type ObjectWriter,
  positionSchema,
} from "../../../kernels/delivery/index.ts";
import { LogStore, type SegmentCipher } from "../../../kernels/log/index.ts";
import type { KinesisState } from "../state.ts";
import { KinesisStreamSource } from "../stream-source.ts";
import {
  type ChannelDelivery,
  type ChannelParts,
  type ChannelPlaces,
  kinesisService,
} from "./channel-parts.ts";

interface KeptObject extends Omit<ObjectPut, "body"> {
  readonly bytes: Buffer;
}

/** Buckets in memory. */
class TestPlaces implements ChannelPlaces {
  readonly buckets: Map<string, { account: string; region: string }> = new Map([
    ["lake", { account, region }],
    ["letters", { account, region }],
    ["far", { account, region: "eu-west-1" }],
  ]);
  /** By bucket and key. */
  readonly objects: Map<string, KeptObject> = new Map();
  /** What every put fails with, while it is set. */
  failure: ObjectTargetError | undefined;
  /** Puts that are done are reported as failed, so many times. */
  lostAnswers = 0;

  regionOf(bucket: string): string | undefined {
    return this.buckets.get(bucket)?.region;
  }

  refusal({ bucket, expectedOwner }: ObjectWriter): ObjectTargetError | undefined {
    const found = this.buckets.get(bucket);
    if (found === undefined) return new ObjectTargetError("S3.NoSuchBucket", "The bucket was not found.");
    return expectedOwner === found.account
      ? this.failure
      : new ObjectTargetError("S3.AccessDenied", "Not its owner.");
  }

  async put({ body, ...request }: ObjectPut): Promise<void> {
    const refusal = this.refusal(request);
    if (refusal !== undefined) throw refusal;
    const pieces: Buffer[] = [];
    for await (const piece of body) pieces.push(Buffer.from(piece));
    this.objects.set(`${request.bucket}/${request.key}`, { ...request, bytes: Buffer.concat(pieces) });
    if (this.lostAnswers === 0) return;
    this.lostAnswers--;
    throw new ObjectTargetError("S3.InternalError", "The answer was lost.");
  }

  /** Objects of a bucket by key. */
  of(bucket: string): readonly KeptObject[] {
    return [...this.objects.values()]
      .filter((object) => object.bucket === bucket)
      .sort((a, b) => (a.key < b.key ? -1 : 1));
  }
}

/** Refuses the actions that are named. */
class TestRoles implements RoleAccess {
  readonly forbidden: Set<string> = new Set();
  readonly asked: RoleUse[] = [];

  assuming(): undefined {}

  refusal(use: RoleUse): RoleRefusal | undefined {
    this.asked.push(use);
    if (!this.forbidden.has(use.action)) return undefined;
    return { kind: "action", message: `${use.action} is not allowed` };
  }
}

class TestLogs implements LogSink {
  readonly lines: { readonly group: string; readonly stream: string; readonly message: string }[] = [];

  async write(...[, , group, stream, , message]: Parameters<LogSink["write"]>): Promise<void> {
    this.lines.push({ group, stream, message });
  }
}

export interface TestDeliveryParts {
  readonly clock: Clock;
  readonly log: Logger;
  readonly cipher: SegmentCipher;
  /** Of a Kinesis on disk. */
  readonly directory: string | undefined;
}

/** What delivers the channels of tests. */
export class TestDelivery implements ChannelDelivery {
  readonly places: TestPlaces = new TestPlaces();
  readonly roles: TestRoles = new TestRoles();
  readonly logs: TestLogs = new TestLogs();
  readonly #parts: TestDeliveryParts;
  #closers: (() => Promise<void> | void)[] = [];
  state: KinesisState | undefined;

  constructor(parts: TestDeliveryParts) {
    this.#parts = parts;
  }

  /** Whether somebody has asked for it. */
  get isOpen(): boolean {
    return this.#closers.length > 0;
  }

  async open(): Promise<ChannelParts> {
    const { clock, log, cipher, directory } = this.#parts;
    const spool = mkdtempSync(join(tmpdir(), "millrace-channels-"));
    this.#closers.push(() => rmSync(spool, { recursive: true, force: true }));
    const logs = new LogStore({
      dir: join(directory ?? spool, "channels"),
      clock,
      log,
      defaults: { ...deliveryLogDefaults({ mode: directory ? "sync" : "memory" } as const), cipher },
    });
    this.#closers.push(() => logs.close());
    const path = directory ? join(directory, "positions.sqlite") : ":memory:";
    const positions = new SqlFile({ path, sync: "off", schema: positionSchema });
    this.#closers.push(() => positions.close());
    const pool = new EncoderPool({ log });
    const encoders = await Encoders.open({ spoolDirectory: join(spool, "spool"), clock, pool });
    this.#closers.push(async () => {
      await encoders.close();
      await pool.close();
    });
    const { places, roles } = this;
    return {
      ...{ places, roles, encoders },
      logs: this.logs,
      pipelines: new DeliveryPipelines({ logs, positions, clock, log }),
      source: (streamArn, reader) => this.#source(streamArn, reader),
    };
  }

  #source(
    streamArn: string,
    reader: { readonly roleArn: string; readonly sourceArn: string },
  ): KinesisStreamSource {
    if (this.state === undefined) throw new Error("a delivery belongs to a Kinesis");
    const whole = { ...reader, service: kinesisService, isKinesis: true } as const;
    return new KinesisStreamSource(this.state, streamArn, whole, this.roles);
  }

  async close(): Promise<void> {
    for (const closer of this.#closers.splice(0).reverse()) await closer();
  }
}

export const roleArn: string = `arn:aws:iam::${account}:role/channel`;

/** A call that the model takes: a channel that delivers the stream `orders` to the bucket `lake`. */
export function createInput(changes: Partial<CreateChannelInput> = {}): CreateChannelInput {
  return {
    ChannelName: "archive",
    ServiceExecutionRoleARN: roleArn,
    StreamConfigurationList: [
      {
        StreamARN: `arn:aws:kinesis:${region}:${account}:stream/orders`,
        RecordConfiguration: { RecordFormatType: "JSON" },
      },
    ],
    S3DestinationConfiguration: destination(),
    ...changes,
  };
}

export function destination(
  storage: Partial<S3StorageConfiguration> = {},
  changes: Partial<S3DestinationConfiguration> = {},
): S3DestinationConfiguration {
  return {
    StorageConfiguration: {
      BucketARN: "arn:aws:s3:::lake",
      ExpectedBucketOwner: account,
      CompressionType: "NONE",
      ...storage,
    },
    ...changes,
  };
}

export function recordsOfFormat(
  RecordFormatType: RecordFormatType,
): Pick<CreateChannelInput, "StreamConfigurationList"> {
  const [configuration] = createInput().StreamConfigurationList ?? [];
  return {
    StreamConfigurationList: [
      { StreamARN: configuration?.StreamARN, RecordConfiguration: { RecordFormatType } },
    ],
  };
}
