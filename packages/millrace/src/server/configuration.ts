import { parseArgs } from "node:util";
import { messageOf } from "../core/errors.ts";
import { type ClusterPort, parseClusterPorts } from "./cluster-ports.ts";
import { type FunctionEntry, parseFunctions } from "./function-setting.ts";
import { type ObjectStoreEntry, parseObjectStores } from "./object-store-setting.ts";

/** Everything that can be set when Millrace starts. */
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
}

export interface RedshiftRoutes {
  /** Of clusters without enhanced VPC routing; this Millrace's own S3 when undefined. */
  readonly standard: string | undefined;
  /** Of clusters with enhanced VPC routing, which reach nothing when it is undefined. */
  readonly vpc: string | undefined;
}

export type LogLevel = "debug" | "info" | "warn" | "error" | "silent";
const logLevels: readonly LogLevel[] = ["debug", "info", "warn", "error", "silent"];

export type DurabilitySetting =
  | { readonly mode: "sync" }
  | { readonly mode: "interval"; readonly intervalMs: number }
  | { readonly mode: "memory" };

/** A setting that Millrace cannot start with; the message names the flag. */
export class ConfigurationError extends Error {
  override readonly name = "ConfigurationError";
}

interface Setting {
  readonly flag: keyof Settings;
  readonly placeholder: string;
  readonly fallback: string;
  readonly help: string;
  /** May be given several times, which is the same as a list with commas. */
  readonly isList?: true;
}

/** All settings as text, as flags and environment variables give them. */
interface Settings {
  readonly port: string;
  readonly host: string;
  readonly data: string;
  readonly auth: string;
  readonly account: string;
  readonly services: string;
  readonly durability: string;
  readonly "transition-ms": string;
  readonly limits: string;
  readonly "shard-limit": string;
  readonly "log-level": string;
  readonly "master-key": string;
  readonly "object-store": string;
  readonly "object-store-access-key-id": string;
  readonly "object-store-secret-access-key": string;
  readonly function: string;
  readonly "redshift-port": string;
  readonly "redshift-cluster-port": string;
  readonly "redshift-memory": string;
  readonly "redshift-s3-endpoint": string;
  readonly "redshift-vpc-s3-endpoint": string;
}

const settings: readonly Setting[] = [
  { flag: "port", placeholder: "N", fallback: "4566", help: "port for all AWS APIs; 0 takes a free one" },
  {
    flag: "host",
    placeholder: "ADDRESS",
    fallback: "127.0.0.1",
    help: "address to listen on; beyond loopback needs --auth verify",
  },
  { flag: "data", placeholder: "DIRECTORY", fallback: "./.millrace", help: "where everything is kept" },
  {
    flag: "auth",
    placeholder: "MODE",
    fallback: "trust",
    help: "trust: any key is taken; verify: signatures and policies are checked",
  },
  {
    flag: "account",
    placeholder: "ID",
    fallback: "000000000000",
    help: "account of callers whose access key is not an account id",
  },
  {
    flag: "services",
    placeholder: "LIST",
    fallback: "",
    help: "services to run, separated by commas; all when not given",
  },
  {
    flag: "durability",
    placeholder: "MODE",
    fallback: "sync",
    help: "sync: on disk before the answer; interval or interval:MS: synced each 100 (MS) ms; memory: nothing kept",
  },
  { flag: "transition-ms", placeholder: "MS", fallback: "50", help: "how long states such as CREATING last" },
  {
    flag: "limits",
    placeholder: "MODE",
    fallback: "off",
    help: "Kinesis throughput limits of streams that do not set their own: off or enforced",
  },
  {
    flag: "shard-limit",
    placeholder: "N",
    fallback: "20000",
    help: "Kinesis shards of provisioned streams in an account and region",
  },
  {
    flag: "log-level",
    placeholder: "LEVEL",
    fallback: "warn",
    help: `${logLevels.join(", ")}; requests are logged at info`,
  },
  {
    flag: "master-key",
    placeholder: "BASE64",
    fallback: "",
    help: "32 bytes that protect all secrets, instead of the key file in the data directory",
  },
  {
    flag: "object-store",
    placeholder: "LIST",
    fallback: "",
    help: "where the bytes of objects go: local, or s3://bucket/prefix?endpoint=URL&region=REGION; lake-=s3://... for buckets called lake-*",
    isList: true,
  },
  {
    flag: "object-store-access-key-id",
    placeholder: "ID",
    fallback: "",
    help: "access key for --object-store; the AWS SDK looks for one when not given",
  },
  {
    flag: "object-store-secret-access-key",
    placeholder: "SECRET",
    fallback: "",
    help: "its secret; better given as an environment variable",
  },
  {
    flag: "function",
    placeholder: "LIST",
    fallback: "",
    help: "what stands for Lambda functions: NAME=./module.mjs, which exports handler, or NAME=http://host/path",
    isList: true,
  },
  {
    flag: "redshift-port",
    placeholder: "N",
    fallback: "",
    help: "port for SQL clients of Redshift; 5439, or a free one where that is taken, when not given",
  },
  {
    flag: "redshift-cluster-port",
    placeholder: "LIST",
    fallback: "",
    help: "ports of their own for clusters: NAME=PORT; the others are behind --redshift-port",
    isList: true,
  },
  {
    flag: "redshift-memory",
    placeholder: "MIB",
    fallback: "640",
    help: "memory of each Redshift cluster's engine; what needs more goes on on disk",
  },
  {
    flag: "redshift-s3-endpoint",
    placeholder: "URL",
    fallback: "",
    help: "S3 that COPY and UNLOAD use; this Millrace's own when not given",
  },
  {
    flag: "redshift-vpc-s3-endpoint",
    placeholder: "URL",
    fallback: "",
    help: "S3 route of clusters with enhanced VPC routing; closed when not given",
  },
];

/** With less the engine cannot open a large database. */
const minRedshiftMib = 128;
const maxIntervalMs = 60_000;
const defaultIntervalMs = 100;

/** Reads flags, then `MILLRACE_*` variables, then defaults. @throws ConfigurationError */
export function readConfiguration(
  args: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): Configuration {
  const flags = parseFlags(args);
  const texts = Object.fromEntries(
    settings.map(({ flag, fallback }) => [flag, flags[flag] ?? environment[variableOf(flag)] ?? fallback]),
  );
  return interpret(texts as unknown as Settings);
}

function interpret(text: Settings): Configuration {
  const configuration: Configuration = {
    port: wholeNumber("port", text.port, 0, 65_535),
    host: text.host,
    data: text.data === "" ? fail("data", text.data, "a directory") : text.data,
    auth: oneOf("auth", text.auth, ["trust", "verify"]),
    account: /^\d{12}$/.test(text.account) ? text.account : fail("account", text.account, "12 digits"),
    services: text.services === "" ? undefined : text.services.split(",").map((id) => id.trim()),
    durability: durability(text.durability),
    transitionMs: wholeNumber("transition-ms", text["transition-ms"], 0, 3_600_000),
    limits: oneOf("limits", text.limits, ["off", "enforced"]),
    shardLimit: wholeNumber("shard-limit", text["shard-limit"], 1, 1_000_000),
    logLevel: oneOf("log-level", text["log-level"], logLevels),
    masterKey: text["master-key"] === "" ? undefined : checkedKey(text["master-key"]),
    objectStores: objectStores(text["object-store"]),
    objectStoreCredentials: objectStoreCredentials(text),
    functions: functions(text.function),
    redshiftPort:
      text["redshift-port"] === ""
        ? undefined
        : wholeNumber("redshift-port", text["redshift-port"], 0, 65_535),
    redshiftClusterPorts: clusterPorts(text["redshift-cluster-port"]),
    redshiftMemoryBytes:
      wholeNumber("redshift-memory", text["redshift-memory"], minRedshiftMib, 1_048_576) * 1024 * 1024,
    redshiftRoutes: {
      standard: endpoint("redshift-s3-endpoint", text["redshift-s3-endpoint"]),
      vpc: endpoint("redshift-vpc-s3-endpoint", text["redshift-vpc-s3-endpoint"]),
    },
  };
  const { mode } = configuration.durability;
  if (mode === "memory" && configuration.objectStores.some(({ remote }) => remote !== undefined))
    throw new ConfigurationError(
      "--object-store needs a --durability that keeps the data directory: without it nobody knows what the bytes are.",
    );
  if (configuration.auth === "trust" && !isLoopback(configuration.host))
    throw new ConfigurationError(
      `--host ${configuration.host} is reachable from other machines, where --auth trust would let anybody in. ` +
        "Use --auth verify, or a loopback address.",
    );
  return configuration;
}

function parseFlags(args: readonly string[]): Readonly<Record<string, string | undefined>> {
  const options = Object.fromEntries(
    settings.map(({ flag, isList = false }) => [flag, { type: "string" as const, multiple: isList }]),
  );
  try {
    const { values } = parseArgs({ args: [...args], options, strict: true, allowPositionals: false });
    return Object.fromEntries(
      Object.entries(values).map(([flag, value]) => [flag, Array.isArray(value) ? value.join(",") : value]),
    ) as Readonly<Record<string, string | undefined>>;
  } catch (error) {
    throw new ConfigurationError(error instanceof Error ? error.message : String(error));
  }
}

function variableOf(flag: string): string {
  return `MILLRACE_${flag.replaceAll("-", "_").toUpperCase()}`;
}

/** The flags of every setting. */
export function settingFlags(): readonly Pick<Setting, "flag" | "placeholder" | "help">[] {
  return settings;
}

/** The flags with their defaults, for `--help`. */
export function describeSettings(): string {
  const names = settings.map(({ flag, placeholder }) => `--${flag} ${placeholder}`);
  const width = Math.max(...names.map((name) => name.length));
  return settings
    .map(({ fallback, help }, i) => {
      const byDefault = fallback === "" ? "" : ` (${fallback})`;
      return `  ${(names[i] ?? "").padEnd(width)}  ${help}${byDefault}`;
    })
    .join("\n");
}

/** Whether only this machine can reach the address. */
export function isLoopback(host: string): boolean {
  return host === "localhost" || host === "::1" || /^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(host);
}

function durability(text: string): DurabilitySetting {
  if (text === "sync" || text === "memory") return { mode: text };
  const match = /^interval(?::(\d+))?$/.exec(text);
  if (match === null) fail("durability", text, "sync, interval, interval:MS or memory");
  return {
    mode: "interval",
    intervalMs: wholeNumber("durability", match[1] ?? `${defaultIntervalMs}`, 1, maxIntervalMs),
  };
}

function checkedKey(text: string): string {
  return Buffer.from(text, "base64").length === 32
    ? text
    : fail("master-key", "(not shown)", "base64 of 32 bytes");
}

function objectStores(text: string): readonly ObjectStoreEntry[] {
  try {
    return parseObjectStores(text);
  } catch (error) {
    // A URL with a user has a secret in it.
    return fail("object-store", text.includes("@") ? "(not shown)" : text, messageOf(error));
  }
}

function functions(text: string): readonly FunctionEntry[] {
  try {
    return parseFunctions(text);
  } catch (error) {
    return fail("function", text, messageOf(error));
  }
}

function clusterPorts(text: string): readonly ClusterPort[] {
  try {
    return parseClusterPorts(text);
  } catch (error) {
    return fail("redshift-cluster-port", text, messageOf(error));
  }
}

function endpoint(flag: string, text: string): string | undefined {
  if (text === "") return undefined;
  const url = URL.parse(text);
  const fits = url !== null && ["http:", "https:"].includes(url.protocol) && url.username === "";
  // A URL with a user has a secret in it.
  return fits ? text : fail(flag, text.includes("@") ? "(not shown)" : text, "an http or https URL");
}

function objectStoreCredentials(text: Settings): Configuration["objectStoreCredentials"] {
  const accessKeyId = text["object-store-access-key-id"];
  const secretAccessKey = text["object-store-secret-access-key"];
  if (accessKeyId === "" && secretAccessKey === "") return undefined;
  if (accessKeyId === "") fail("object-store-access-key-id", "", "given with its secret");
  if (secretAccessKey === "") fail("object-store-secret-access-key", "", "given with its access key");
  return { accessKeyId, secretAccessKey };
}

function wholeNumber(flag: string, text: string, min: number, max: number): number {
  const value = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
  return value >= min && value <= max ? value : fail(flag, text, `a whole number from ${min} to ${max}`);
}

function oneOf<T extends string>(flag: string, text: string, allowed: readonly T[]): T {
  return allowed.find((value) => value === text) ?? fail(flag, text, `one of ${allowed.join(", ")}`);
}

function fail(flag: string, text: string, expected: string): never {
  throw new ConfigurationError(
    `--${flag} ${JSON.stringify(text)} (${variableOf(flag)}) must be ${expected}.`,
  );
}
