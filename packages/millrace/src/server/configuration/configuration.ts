import type { ClusterPort } from "../cluster-ports.ts";
import type { FunctionEntry } from "../function-setting.ts";
import type { ObjectStoreEntry } from "../object-store-setting.ts";

/** Everything that can be set when Millrace starts, checked. */
export interface Configuration {
  readonly port: number;
  readonly host: string;
  /** The data directory. */
  readonly data: string;
  readonly auth: "trust" | "verify";
  /** The account of callers whose access key does not name one. */
  readonly account: string;
  /** Which services to run; undefined means all. */
  readonly services: readonly string[] | undefined;
  readonly durability: DurabilitySetting;
  /** How long transitional states such as CREATING last. */
  readonly transitionMs: number;
  /** Default of Kinesis' throughput limits: see docs/kinesis.md. */
  readonly limits: "off" | "enforced";
  readonly shardLimit: number;
  readonly logLevel: LogLevel;
  /** Base64 of 32 bytes instead of the key file in the data directory. */
  readonly masterKey: string | undefined;
  /** Where the bytes of objects go; the data directory when empty. */
  readonly objectStores: readonly ObjectStoreEntry[];
  /** For all other endpoints; undefined means what the AWS SDK finds by itself. */
  readonly objectStoreCredentials:
    | { readonly accessKeyId: string; readonly secretAccessKey: string }
    | undefined;
  /** What stands for Lambda functions. */
  readonly functions: readonly FunctionEntry[];
  /** Where PostgreSQL's protocol is spoken for Redshift; undefined is 5439, or a free port when that is taken. */
  readonly redshiftPort: number | undefined;
  /** Ports that lead to one cluster each, beside the one that leads to all. */
  readonly redshiftClusterPorts: readonly ClusterPort[];
  /** What each cluster's engine may take before it goes on on disk. */
  readonly redshiftMemoryBytes: number;
  /** S3 endpoints that COPY and UNLOAD use instead of this Millrace. */
  readonly redshiftRoutes: RedshiftRoutes;
  /** The directory with scripts that run at each stage of the start, as LocalStack has them. */
  readonly init: string | undefined;
  /** Whether the console is served at /_millrace/console. */
  readonly console: boolean;
}

export interface RedshiftRoutes {
  /** Of clusters without enhanced VPC routing; this Millrace's own S3 when undefined. */
  readonly standard: string | undefined;
  /** Of clusters with enhanced VPC routing, which reach nothing when it is undefined. */
  readonly vpc: string | undefined;
}

export const logLevels = ["debug", "info", "warn", "error", "silent"] as const;
export type LogLevel = (typeof logLevels)[number];

export type DurabilitySetting =
  | { readonly mode: "sync" }
  | { readonly mode: "interval"; readonly intervalMs: number }
  | { readonly mode: "memory" };

/** A setting that Millrace cannot start with; the message names it and where it was found. */
export class ConfigurationError extends Error {
  override readonly name = "ConfigurationError";
}
