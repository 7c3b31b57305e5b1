import type {
  InputStartingPosition,
  SqlApplicationConfigurationDescription,
} from "@aws-sdk/client-kinesis-analytics-v2";
import type { Clock } from "../../core/clock.ts";
import type { Functions } from "../../core/functions-port.ts";
import type { Logger } from "../../core/logger.ts";
import type { RoleAccess } from "../../core/role-access.ts";
import type { SqlFile } from "../../core/sql-file.ts";
import type { LogSink, MetricSink } from "../../core/telemetry.ts";
import type { PageTokens } from "../../gateway/tokens.ts";
import type { StreamingEngine } from "../../kernels/streaming/engine-port.ts";
import type { FlinkEngine } from "./flink-port.ts";

export interface KinesisAnalyticsV2Dependencies {
  readonly clock: Clock;
  readonly log: Logger;
  readonly tokens: PageTokens;
  readonly file: SqlFile;
  readonly roles: RoleAccess;
  readonly metrics: MetricSink;
  readonly logs: LogSink;
  readonly functions: Functions;
  /** Opened by the first application that needs it. */
  readonly engine: () => Promise<StreamingEngine>;
  /** Undefined where none is configured. */
  readonly flink: FlinkEngine | undefined;
  readonly dialect: AnalyticsDialect;
  readonly objects: ApplicationObjects;
  readonly streams: StreamSampler;
  /** Where browsers reach Millrace: `http://127.0.0.1:4566`. */
  readonly baseUrl: () => string;
  readonly settings: AnalyticsSettings;
}

export interface AnalyticsSettings {
  /** More threads than this a job does not get, whatever its parallelism. */
  readonly maxWorkers: number;
}

/** Makes Flink SQL of the retired dialect of SQL-1_0. */
export interface AnalyticsDialect {
  /** @throws SqlError */
  rewrite(
    code: string,
    configuration: SqlApplicationConfigurationDescription,
    positions: Readonly<Record<string, { readonly position: InputStartingPosition; readonly atMs: number }>>,
  ): Promise<{ readonly text: string; readonly placeOf: (position: number) => number }>;
}

/** In whose name something is read. */
export interface Reader {
  readonly account: string;
  readonly region: string;
  readonly roleArn: string;
  /** The resource that it is read for. */
  readonly sourceArn: string;
}

/** Objects of S3 that applications consist of. */
export interface ApplicationObjects {
  /**
   * The object's bytes, up to `maxBytes` of them.
   * @throws ObjectReadError
   */
  read(location: ObjectLocation, reader: Reader, maxBytes: number): Promise<ReadObject>;
}

export interface ObjectLocation {
  readonly bucketArn: string;
  readonly key: string;
  readonly version?: string | undefined;
}

export interface ReadObject {
  readonly bytes: Buffer;
  /** Of the whole object. */
  readonly size: number;
}

/** `refused`: it is not there, or the role may not read it. `throttled`: it is read too often. */
export type ReadFailure = "refused" | "throttled" | "unavailable";

/** An object or a stream could not be read. */
export class ObjectReadError extends Error {
  override readonly name = "ObjectReadError";
  readonly failure: ReadFailure;

  constructor(message: string, options: ErrorOptions & { readonly failure?: ReadFailure } = {}) {
    super(message, options);
    this.failure = options.failure ?? "refused";
  }
}

/** Looks into data streams, to find out what their records look like. */
export interface StreamSampler {
  /**
   * Records from a position on: what is there, up to `maxRecords`. The position NOW is that of the moment `atMs`.
   * @throws ObjectReadError when there is no such stream or the role may not read it
   */
  sample(
    streamArn: string,
    reader: Reader,
    from: "TRIM_HORIZON" | { readonly atMs: number },
    maxRecords: number,
  ): Promise<readonly SampledRecord[]>;
}

export interface SampledRecord {
  readonly data: Buffer;
  readonly sequenceNumber: string;
  readonly partitionKey: string;
  readonly shardId: string;
  readonly arrivalMs: number;
}
