/**
 * What `millrace.config.ts` exports, and what `createMillrace` takes. Every key may be left out. Paths are relative to
 * the configuration file, or to the working directory where there is none.
 */
export interface MillraceConfig {
  /** The port of all AWS APIs; 0 takes a free one. Default: 4566. */
  readonly port?: number;
  /** The address to listen on. Beyond loopback it needs `auth: "verify"`. Default: `127.0.0.1`. */
  readonly host?: string;
  /** The directory where everything is kept. Default: `./.millrace`. */
  readonly data?: string;
  /**
   * `trust` takes any key and allows everything; `verify` checks signatures and IAM's policies, and makes a root
   * credential at the first start. Default: `trust`.
   */
  readonly auth?: "trust" | "verify";
  /** Account of callers whose access key is not an account id: 12 digits. Default: `000000000000`. */
  readonly account?: string;
  /** The services to run, such as `["kinesis", "s3"]`. Default: all. */
  readonly services?: readonly string[];
  /**
   * What an acknowledgement promises. `sync`: it is on disk. `interval` or `interval:250`: it is synced each 100 (250)
   * milliseconds. `memory`: nothing is kept at the end. Default: `sync`.
   */
  readonly durability?: "sync" | "interval" | `interval:${number}` | "memory";
  /** How long states such as CREATING last, in milliseconds. Default: 50. */
  readonly transitionMs?: number;
  /** Kinesis' throughput limits of streams that do not set their own. Default: `off`. */
  readonly limits?: "off" | "enforced";
  /** Kinesis shards of provisioned streams in an account and region. Default: 20000. */
  readonly shardLimit?: number;
  /** Log lines go to standard error from this level on; requests are logged at `info`. Default: `warn`. */
  readonly logLevel?: "debug" | "info" | "warn" | "error" | "silent";
  /**
   * Base64 of 32 bytes that protect all secrets, instead of the key file in the data directory. Better given as
   * MILLRACE_MASTER_KEY than written into a file.
   */
  readonly masterKey?: string;
  /**
   * Where the bytes of objects go: `local`, or `s3://bucket/prefix?endpoint=URL&region=REGION`; with the beginning of
   * bucket names before it, `lake-=s3://...`, for those buckets alone. Default: the data directory.
   */
  readonly objectStores?: string | readonly string[];
  /** Access key for `objectStores`. Default: what the AWS SDK finds. */
  readonly objectStoreAccessKeyId?: string;
  /** Its secret; better given as MILLRACE_OBJECT_STORE_SECRET_ACCESS_KEY. */
  readonly objectStoreSecretAccessKey?: string;
  /** What stands for Lambda functions, by name or ARN: a module that exports `handler`, or an http URL. */
  readonly functions?: Readonly<Record<string, string>>;
  /** The port for SQL clients of Redshift. Default: 5439, or a free one where that is taken. */
  readonly redshiftPort?: number;
  /** Ports of their own for clusters: `{ sales: 5440 }`. The others are behind `redshiftPort`. */
  readonly redshiftClusterPorts?: Readonly<Record<string, number>>;
  /** Memory of each Redshift cluster's engine in MiB; what needs more goes on on disk. Default: 640. */
  readonly redshiftMemoryMib?: number;
  /** The S3 that COPY and UNLOAD use. Default: this Millrace's own. */
  readonly redshiftS3Endpoint?: string;
  /** The S3 route of clusters with enhanced VPC routing. Default: none, they reach no S3. */
  readonly redshiftVpcS3Endpoint?: string;
  /** A directory with `boot.d`, `start.d`, `ready.d` and `shutdown.d`, whose scripts run at these stages. Default: none. */
  readonly init?: string;
  /** Whether the console is served at `/_millrace/console/`. Default: true. */
  readonly console?: boolean;
}

/** Answers what it is given: it is there so that an editor knows the keys of `millrace.config.ts`. */
export function defineConfig(config: MillraceConfig): MillraceConfig {
  return config;
}
