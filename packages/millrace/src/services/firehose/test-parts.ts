import { randomBytes } from "node:crypto";
import { ServiceError } from "../../core/errors.ts";
import type { Functions } from "../../core/functions-port.ts";
import { MasterKey } from "../../core/master-key.ts";
import type { RoleAccess, RoleRefusal, RoleUse } from "../../core/role-access.ts";
import type { LogSink, MetricIdentity, MetricSink, MetricValue } from "../../core/telemetry.ts";
import type { Permission } from "../../gateway/service.ts";
import {
  type ConversionSchema,
  type ObjectPut,
  ObjectTargetError,
  type SourcePosition,
  type SourceRead,
  type SourceRecord,
  type SourceShard,
  type StreamSource,
  StreamSourceError,
} from "../../kernels/delivery/index.ts";
import type { SegmentCipher } from "../../kernels/log/index.ts";
import {
  type FirehoseKeys,
  type KeyGrantUse,
  type ObjectPlaces,
  type SchemaTable,
  SchemaTableError,
  type SchemaTables,
  type SourceStreams,
} from "./dependencies.ts";

export interface KeptObject extends Omit<ObjectPut, "body"> {
  readonly bytes: Buffer;
}

/** Buckets in memory. */
export class TestPlaces implements ObjectPlaces {
  readonly buckets: Set<string> = new Set(["lake", "backup"]);
  /** By bucket and key. */
  readonly objects: Map<string, KeptObject> = new Map();
  /** What every put fails with, while it is set. */
  failure: ObjectTargetError | undefined;
  attempts = 0;

  hasBucket(name: string): boolean {
    return this.buckets.has(name);
  }

  async put({ body, ...request }: ObjectPut): Promise<void> {
    this.attempts++;
    if (this.failure !== undefined) throw this.failure;
    if (!this.buckets.has(request.bucket)) throw new ObjectTargetError("S3.NoSuchBucket", "not found");
    const pieces: Buffer[] = [];
    for await (const piece of body) pieces.push(Buffer.from(piece));
    this.objects.set(`${request.bucket}/${request.key}`, { ...request, bytes: Buffer.concat(pieces) });
  }

  /** Objects of a bucket by key. */
  of(bucket: string): readonly KeptObject[] {
    return [...this.objects.values()]
      .filter((object) => object.bucket === bucket)
      .sort((a, b) => (a.key < b.key ? -1 : 1));
  }

  texts(bucket: string): readonly string[] {
    return this.of(bucket).map(({ bytes }) => bytes.toString());
  }
}

/** Knows all roles but those that are named. */
export class TestRoles implements RoleAccess {
  readonly untrusting: Set<string> = new Set();
  /** Actions that no role may do. */
  readonly forbidden: Set<string> = new Set();

  assuming({ roleArn }: Pick<RoleUse, "roleArn">): RoleRefusal | undefined {
    return this.untrusting.has(roleArn) ? { kind: "assume", message: "not trusted" } : undefined;
  }

  refusal(use: RoleUse): RoleRefusal | undefined {
    if (this.forbidden.has(use.action)) return { kind: "action", message: `${use.action} is not allowed` };
    return this.assuming(use);
  }
}

/** Knows every key but `missing`; those in `disabled` cannot be used. */
export class TestKeys implements FirehoseKeys, SegmentCipher {
  readonly disabled: Set<string> = new Set();
  readonly #master: MasterKey = MasterKey.random();

  async check(keyArn: string): Promise<void> {
    this.checkNow(keyArn);
  }

  checkNow(keyArn: string): void {
    if (keyArn.endsWith("missing")) throw refused("NotFoundException", `Key '${keyArn}' does not exist`);
    if (this.disabled.has(keyArn)) throw refused("DisabledException", `${keyArn} is disabled.`);
  }

  permission({ keyArn }: KeyGrantUse): Permission | undefined {
    if (keyArn.endsWith("missing")) return undefined;
    return { action: "kms:CreateGrant", resources: [keyArn] };
  }

  async createDataKey(keyId: string): Promise<{ plaintext: Uint8Array; wrapped: Uint8Array }> {
    const plaintext = randomBytes(32);
    return { plaintext, wrapped: this.#master.seal(keyId, plaintext) };
  }

  async openDataKey(keyId: string, wrapped: Uint8Array): Promise<Uint8Array> {
    return this.#master.open(keyId, wrapped);
  }
}

function refused(code: string, message: string): ServiceError {
  return new ServiceError("InvalidKMSResourceException", message, { members: { code } });
}

/** Tables by name, in one database. */
export class TestTables implements SchemaTables {
  readonly tables: Map<string, ConversionSchema["columns"]> = new Map();

  async open(): Promise<void> {}

  columns({ table }: SchemaTable): ConversionSchema["columns"] {
    const columns = this.tables.get(table);
    if (columns === undefined)
      throw new SchemaTableError("EntityNotFoundException", `Table ${table} not found.`);
    return columns;
  }
}

/** Functions that are plain code here. */
export class TestFunctions implements Functions {
  readonly code: Map<string, (payload: string) => string> = new Map();

  has(arn: string): boolean {
    return this.code.has(arn);
  }

  async invoke(arn: string, payload: Buffer): Promise<Buffer> {
    return Buffer.from(this.code.get(arn)?.(payload.toString()) ?? "");
  }
}

/** One data stream with one shard. */
export class TestSources implements SourceStreams {
  readonly records: SourceRecord[] = [];
  /** What opening a stream fails with, while it is set. */
  failure: Error | undefined;
  readonly #listeners = new Set<() => void>();

  async open(streamArn: string): Promise<StreamSource> {
    if (this.failure !== undefined) throw this.failure;
    if (streamArn.endsWith("/missing"))
      throw new StreamSourceError("Kinesis.ResourceNotFound", "Stream missing not found.");
    return {
      shards: (): readonly SourceShard[] => [{ id: "shardId-000000000000", isClosed: false, parents: [] }],
      read: async (_shard, from) => this.#read(from),
      onChange: (listener) => {
        this.#listeners.add(listener);
        return { [Symbol.dispose]: () => void this.#listeners.delete(listener) };
      },
    };
  }

  put(text: string, arrivalTimeMs: number): void {
    const sequenceNumber = String(this.records.length + 1).padStart(20, "0");
    this.records.push({ data: Buffer.from(text), arrivalTimeMs, partitionKey: "k", sequenceNumber });
    for (const listener of this.#listeners) listener();
  }

  #read(from: SourcePosition): SourceRead {
    const records = this.records.filter(({ sequenceNumber, arrivalTimeMs }) => {
      if (from.kind === "after") return sequenceNumber > from.sequenceNumber;
      return from.kind === "oldest" || arrivalTimeMs >= from.timeMs;
    });
    return { records, isEnd: false, millisBehindLatest: 0 };
  }
}

/** Adds up what is published, by the name of the metric. */
export class TestMetrics implements MetricSink {
  readonly sums: Map<string, number> = new Map();

  record(metric: MetricValue): void {
    this.series(metric).add(metric.value);
  }

  series({ name, dimensions }: MetricIdentity): { add: (value: number) => void } {
    const key = `${dimensions["DeliveryStreamName"]} ${name}`;
    return { add: (value) => void this.sums.set(key, (this.sums.get(key) ?? 0) + value) };
  }
}

export interface LogLine {
  readonly group: string;
  readonly stream: string;
  readonly message: Readonly<Record<string, unknown>>;
}

/** Lines of error logs. */
export class TestLogs implements LogSink {
  readonly lines: LogLine[] = [];

  async write(
    _account: string,
    _region: string,
    group: string,
    stream: string,
    _timeMs: number,
    message: string,
  ): Promise<void> {
    this.lines.push({ group, stream, message: JSON.parse(message) });
  }
}
