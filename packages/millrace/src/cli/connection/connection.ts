import { resolve } from "node:path";
import { readRunFile } from "../../server/run-file.ts";
import { usageError } from "../command-error.ts";
import { type AwsCredentials, findCredentials, findRegion } from "./credentials.ts";

/** Flags that every command has which talks to a running Millrace: `addConnectionFlags`. */
export interface ConnectionFlags {
  readonly url?: string | undefined;
  /** The data directory of the instance that is meant. */
  readonly data?: string | undefined;
  readonly region?: string | undefined;
  /** A profile of ~/.aws. */
  readonly profile?: string | undefined;
}

/** A running Millrace as commands reach it. */
export interface Connection {
  /** `http://127.0.0.1:4566`, without a slash at its end. */
  readonly url: string;
  /** Where the URL was found, in words: `--url`, `AWS_ENDPOINT_URL`, the path of a run.json, `the default port`. */
  readonly source: string;
  readonly region: string;
  readonly credentials: AwsCredentials;
  /** Where SQL clients of Redshift go, where that is known without asking. */
  readonly sql: { readonly host: string; readonly port: number } | undefined;
}

export const defaultUrl = "http://127.0.0.1:4566";
const defaultData = "./.millrace";

type Environment = Readonly<Record<string, string | undefined>>;

/** Use `io.connection(flags)`. @throws CommandError when a flag or a variable is no URL. */
export async function findConnection(flags: ConnectionFlags, environment: Environment): Promise<Connection> {
  const place = await findPlace(flags, environment);
  return {
    ...place,
    region: await findRegion(flags, environment),
    credentials: await findCredentials(flags, environment),
  };
}

type Place = Pick<Connection, "url" | "source" | "sql">;

async function findPlace(flags: ConnectionFlags, environment: Environment): Promise<Place> {
  const given = [
    ["--url", flags.url],
    ["MILLRACE_URL", environment["MILLRACE_URL"]],
    // Who names a data directory means the instance that runs on it.
    ["AWS_ENDPOINT_URL", flags.data === undefined ? environment["AWS_ENDPOINT_URL"] : undefined],
  ] as const;
  for (const [source, text] of given)
    if (text !== undefined && text !== "") return { url: checkedUrl(source, text), source, sql: undefined };
  const data = resolve(flags.data ?? environment["MILLRACE_DATA"] ?? defaultData);
  const run = await readRunFile(data);
  if (run !== undefined) return { url: run.url, source: run.path, sql: run.sql };
  return { url: defaultUrl, source: "the default port", sql: undefined };
}

function checkedUrl(source: string, text: string): string {
  const url = URL.parse(text);
  if (url === null || !["http:", "https:"].includes(url.protocol))
    throw usageError(`${source} ${JSON.stringify(text)} is no URL. Give one such as ${defaultUrl}.`);
  return `${url.origin}${url.pathname}`.replace(/\/+$/, "");
}
