import { logLevels } from "./configuration.ts";
import type { MillraceConfig } from "./millrace-config.ts";

/** All settings as text, as flags and environment variables give them. */
export interface SettingTexts {
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
  readonly init: string;
  readonly console: string;
}

export type Flag = keyof SettingTexts;

/** What a configuration file may give for a setting. */
export type SettingForm =
  | "text"
  | "number"
  | "boolean"
  /** One text or several. */
  | "list"
  /** `{ name: text or number }`. */
  | "map"
  /** A text that is a path, relative to the configuration file. */
  | "path"
  /** `{ name: path or URL }`, paths relative to the configuration file. */
  | "path-map";

export interface Setting {
  readonly flag: Flag;
  /** Its name in a configuration file. */
  readonly key: keyof MillraceConfig;
  readonly form: SettingForm;
  readonly placeholder: string;
  readonly fallback: string;
  readonly help: string;
  /** May be given several times, which is the same as a list with commas. */
  readonly isList?: true;
  /** Never shown. */
  readonly isSecret?: true;
}

export const settings: readonly Setting[] = [
  {
    flag: "port",
    key: "port",
    form: "number",
    placeholder: "N",
    fallback: "4566",
    help: "port for all AWS APIs; 0 takes a free one",
  },
  {
    flag: "host",
    key: "host",
    form: "text",
    placeholder: "ADDRESS",
    fallback: "127.0.0.1",
    help: "address to listen on; beyond loopback needs --auth verify",
  },
  {
    flag: "data",
    key: "data",
    form: "path",
    placeholder: "DIRECTORY",
    fallback: "./.millrace",
    help: "where everything is kept",
  },
  {
    flag: "auth",
    key: "auth",
    form: "text",
    placeholder: "MODE",
    fallback: "trust",
    help: "trust: any key is taken; verify: signatures and policies are checked",
  },
  {
    flag: "account",
    key: "account",
    form: "text",
    placeholder: "ID",
    fallback: "000000000000",
    help: "account of callers whose access key is not an account id",
  },
  {
    flag: "services",
    key: "services",
    form: "list",
    placeholder: "LIST",
    fallback: "",
    help: "services to run, separated by commas; all when not given",
  },
  {
    flag: "durability",
    key: "durability",
    form: "text",
    placeholder: "MODE",
    fallback: "sync",
    help: "sync: on disk before the answer; interval or interval:MS: synced each 100 (MS) ms; memory: nothing kept",
  },
  {
    flag: "init",
    key: "init",
    form: "path",
    placeholder: "DIRECTORY",
    fallback: "",
    help: "scripts to run: boot.d, start.d, ready.d and shutdown.d in it; none when not given",
  },
  {
    flag: "console",
    key: "console",
    form: "boolean",
    placeholder: "on|off",
    fallback: "on",
    help: "whether the console is served, at /_millrace/console/",
  },
  {
    flag: "log-level",
    key: "logLevel",
    form: "text",
    placeholder: "LEVEL",
    fallback: "warn",
    help: `${logLevels.join(", ")}; requests are logged at info. Lines go to standard error: readable on a terminal, JSON elsewhere`,
  },
  {
    flag: "transition-ms",
    key: "transitionMs",
    form: "number",
    placeholder: "MS",
    fallback: "0",
    help: "how long states such as CREATING last; 0 ends them before the call that began them answers, as far as the work is short",
  },
  {
    flag: "limits",
    key: "limits",
    form: "text",
    placeholder: "MODE",
    fallback: "off",
    help: "Kinesis throughput limits of streams that do not set their own: off or enforced",
  },
  {
    flag: "shard-limit",
    key: "shardLimit",
    form: "number",
    placeholder: "N",
    fallback: "20000",
    help: "Kinesis shards of provisioned streams in an account and region",
  },
  {
    flag: "master-key",
    key: "masterKey",
    form: "text",
    placeholder: "BASE64",
    fallback: "",
    help: "32 bytes that protect all secrets, instead of the key file in the data directory",
    isSecret: true,
  },
  {
    flag: "function",
    key: "functions",
    form: "path-map",
    placeholder: "LIST",
    fallback: "",
    help: "what stands for Lambda functions: NAME=./module.mjs, which exports handler, or NAME=http://host/path",
    isList: true,
  },
  {
    flag: "object-store",
    key: "objectStores",
    form: "list",
    placeholder: "LIST",
    fallback: "",
    help: "where the bytes of objects go: local, or s3://bucket/prefix?endpoint=URL&region=REGION; lake-=s3://... for buckets called lake-*",
    isList: true,
  },
  {
    flag: "object-store-access-key-id",
    key: "objectStoreAccessKeyId",
    form: "text",
    placeholder: "ID",
    fallback: "",
    help: "access key for --object-store; the AWS SDK looks for one when not given",
  },
  {
    flag: "object-store-secret-access-key",
    key: "objectStoreSecretAccessKey",
    form: "text",
    placeholder: "SECRET",
    fallback: "",
    help: "its secret; better given as an environment variable",
    isSecret: true,
  },
  {
    flag: "redshift-port",
    key: "redshiftPort",
    form: "number",
    placeholder: "N",
    fallback: "",
    help: "port for SQL clients of Redshift; 5439, or a free one where that is taken, when not given",
  },
  {
    flag: "redshift-cluster-port",
    key: "redshiftClusterPorts",
    form: "map",
    placeholder: "LIST",
    fallback: "",
    help: "ports of their own for clusters: NAME=PORT; the others are behind --redshift-port",
    isList: true,
  },
  {
    flag: "redshift-memory",
    key: "redshiftMemoryMib",
    form: "number",
    placeholder: "MIB",
    fallback: "640",
    help: "memory of each Redshift cluster's engine; what needs more goes on on disk",
  },
  {
    flag: "redshift-s3-endpoint",
    key: "redshiftS3Endpoint",
    form: "text",
    placeholder: "URL",
    fallback: "",
    help: "S3 that COPY and UNLOAD use; this Millrace's own when not given",
  },
  {
    flag: "redshift-vpc-s3-endpoint",
    key: "redshiftVpcS3Endpoint",
    form: "text",
    placeholder: "URL",
    fallback: "",
    help: "S3 route of clusters with enhanced VPC routing; closed when not given",
  },
];

/** `MILLRACE_LOG_LEVEL` of `log-level`. */
export function variableOf(flag: Flag): string {
  return `MILLRACE_${flag.replaceAll("-", "_").toUpperCase()}`;
}

/** The flags with their defaults, for `--help`; lines that do not fit in `columns` are wrapped. */
export function describeSettings(columns: number = Number.POSITIVE_INFINITY): string {
  const names = settings.map(({ flag, placeholder }) => `--${flag} ${placeholder}`);
  // Flags with long names have their explanation below them.
  const width = Math.min(maxNameColumns, Math.max(...names.map((name) => name.length)));
  return settings
    .flatMap(({ fallback, help }, i) => {
      const name = names[i] ?? "";
      const lines = wrapped(`${help}${fallback === "" ? "" : ` (${fallback})`}`, columns - width - 5);
      const indented = lines.map((line) => `  ${" ".repeat(width)}  ${line}`);
      if (name.length > width) return [`  ${name}`, ...indented];
      return [`  ${name.padEnd(width)}  ${lines[0] ?? ""}`, ...indented.slice(1)];
    })
    .join("\n");
}

const maxNameColumns = 30;
const minTextColumns = 24;

function wrapped(text: string, columns: number): readonly string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    if (line !== "" && line.length + 1 + word.length > Math.max(minTextColumns, columns)) {
      lines.push(line);
      line = word;
    } else line = line === "" ? word : `${line} ${word}`;
  }
  return [...lines, line];
}
