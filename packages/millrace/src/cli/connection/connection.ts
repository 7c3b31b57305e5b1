import { resolve } from "node:path";
import { type Configuration, loadConfiguration } from "../../server/configuration.ts";
import { readRunFile } from "../../server/run-file.ts";
import { CommandError, exitCodes, usageError } from "../command-error.ts";
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
  /** Whether a flag or a variable names the URL, as opposed to what was found to run. */
  readonly isExplicit: boolean;
  readonly region: string;
  readonly credentials: AwsCredentials;
  /** Where SQL clients of Redshift go, where that is known without asking. */
  readonly sql: { readonly host: string; readonly port: number } | undefined;
}

export const defaultUrl = "http://127.0.0.1:4566";

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

type Place = Pick<Connection, "url" | "source" | "isExplicit" | "sql">;

async function findPlace(flags: ConnectionFlags, environment: Environment): Promise<Place> {
  const given = [
    ["--url", flags.url],
    ["MILLRACE_URL", environment["MILLRACE_URL"]],
    // Who names a data directory means the instance that runs on it.
    ["AWS_ENDPOINT_URL", flags.data === undefined ? environment["AWS_ENDPOINT_URL"] : undefined],
  ] as const;
  for (const [source, text] of given)
    if (text !== undefined && text !== "")
      return { url: checkedUrl(source, text), source, isExplicit: true, sql: undefined };
  const { data, host, port } = await configured(flags, environment);
  const run = await readRunFile(resolve(data));
  if (run !== undefined) return { url: run.url, source: run.path, isExplicit: false, sql: run.sql };
  // Who names an instance must not get another one.
  if (flags.data !== undefined)
    throw new CommandError(
      `No Millrace runs on ${flags.data}. Start one with "millrace start --data ${flags.data}", or leave --data out.`,
      exitCodes.unreachable,
    );
  const url = port === 0 ? defaultUrl : `http://${host.includes(":") ? `[${host}]` : host}:${port}`;
  const source = url === defaultUrl ? "the default port" : "the configured port";
  return { url, source, isExplicit: false, sql: undefined };
}

/** What a start in this directory would take. */
async function configured(
  { data }: ConnectionFlags,
  environment: Environment,
): Promise<Pick<Configuration, "data" | "host" | "port">> {
  const args = data === undefined ? [] : ["--data", data];
  const sources = { args, environment, folder: process.cwd(), file: undefined };
  return (await loadConfiguration(sources)).configuration;
}

function checkedUrl(source: string, text: string): string {
  const url = URL.parse(text);
  if (url === null || !["http:", "https:"].includes(url.protocol))
    throw usageError(`${source} ${JSON.stringify(text)} is no URL. Give one such as ${defaultUrl}.`);
  return `${url.origin}${url.pathname}`.replace(/\/+$/, "");
}
