import { existsSync, statSync } from "node:fs";
import { messageOf } from "../../core/errors.ts";
import { parseClusterPorts } from "../cluster-ports.ts";
import { parseFunctions } from "../function-setting.ts";
import { parseObjectStores } from "../object-store-setting.ts";
import {
  type Configuration,
  ConfigurationError,
  type DurabilitySetting,
  logLevels,
} from "./configuration.ts";
import type { ResolvedSettings } from "./resolved.ts";
import type { Flag } from "./settings.ts";

/** With less the engine cannot open a large database. */
const minRedshiftMib = 128;
const maxRedshiftMib = 1_048_576;
const maxIntervalMs = 60_000;
const defaultIntervalMs = 100;
const maxPort = 65_535;
const hidden = "(not shown)";

/** Checks every setting. @throws ConfigurationError that names the first wrong one. */
export function interpret(resolved: ResolvedSettings): Configuration {
  const { texts } = resolved;
  const configuration: Configuration = {
    port: wholeNumber(resolved, "port", 0, maxPort),
    host: texts.host,
    data: texts.data === "" ? resolved.fail("data", "a directory") : texts.data,
    auth: oneOf(resolved, "auth", ["trust", "verify"]),
    account: /^\d{12}$/.test(texts.account) ? texts.account : resolved.fail("account", "12 digits"),
    services: texts.services === "" ? undefined : texts.services.split(",").map((id) => id.trim()),
    durability: durability(resolved),
    transitionMs: wholeNumber(resolved, "transition-ms", 0, 3_600_000),
    limits: oneOf(resolved, "limits", ["off", "enforced"]),
    shardLimit: wholeNumber(resolved, "shard-limit", 1, 1_000_000),
    logLevel: oneOf(resolved, "log-level", logLevels),
    masterKey: texts["master-key"] === "" ? undefined : masterKey(resolved),
    objectStores: parsed(resolved, "object-store", parseObjectStores),
    objectStoreCredentials: objectStoreCredentials(resolved),
    functions: parsed(resolved, "function", parseFunctions),
    redshiftPort:
      texts["redshift-port"] === "" ? undefined : wholeNumber(resolved, "redshift-port", 0, maxPort),
    redshiftClusterPorts: parsed(resolved, "redshift-cluster-port", parseClusterPorts),
    redshiftMemoryBytes:
      wholeNumber(resolved, "redshift-memory", minRedshiftMib, maxRedshiftMib) * 1024 * 1024,
    redshiftRoutes: {
      standard: endpoint(resolved, "redshift-s3-endpoint"),
      vpc: endpoint(resolved, "redshift-vpc-s3-endpoint"),
    },
    init: initDirectory(resolved),
    console: oneOf(resolved, "console", ["on", "off"]) === "on",
  };
  checkTogether(configuration, resolved);
  return configuration;
}

/** What is right alone and wrong together. */
function checkTogether(configuration: Configuration, resolved: ResolvedSettings): void {
  const { mode } = configuration.durability;
  if (mode === "memory" && configuration.objectStores.some(({ remote }) => remote !== undefined))
    throw new ConfigurationError(
      `${resolved.nameOf("object-store")} needs a durability that keeps the data directory: without it nobody knows what the bytes are. ` +
        "Use --durability sync or interval.",
    );
  if (configuration.auth === "trust" && !isLoopback(configuration.host))
    throw new ConfigurationError(
      `${resolved.nameOf("host")} ${configuration.host} is reachable from other machines, where --auth trust would let anybody in. ` +
        "Use --auth verify, or a loopback address.",
    );
}

/** Whether only this machine can reach the address. */
export function isLoopback(host: string): boolean {
  return host === "localhost" || host === "::1" || /^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(host);
}

function durability(resolved: ResolvedSettings): DurabilitySetting {
  const text = resolved.texts.durability;
  if (text === "sync" || text === "memory") return { mode: text };
  const match = /^interval(?::(\d{1,9}))?$/.exec(text);
  if (match === null) resolved.fail("durability", "sync, interval, interval:MS or memory");
  const intervalMs = Number(match[1] ?? defaultIntervalMs);
  if (intervalMs < 1 || intervalMs > maxIntervalMs)
    resolved.fail("durability", `interval:MS with a whole number from 1 to ${maxIntervalMs}`);
  return { mode: "interval", intervalMs };
}

function masterKey(resolved: ResolvedSettings): string {
  const text = resolved.texts["master-key"];
  return Buffer.from(text, "base64").length === 32
    ? text
    : resolved.fail("master-key", "base64 of 32 bytes", hidden);
}

/** The value that a setting's own grammar makes of its text; the message says what would have been right. */
function parsed<T>(resolved: ResolvedSettings, flag: Flag, parse: (text: string) => T): T {
  try {
    return parse(resolved.texts[flag]);
  } catch (error) {
    return resolved.fail(flag, messageOf(error), shown(resolved, flag));
  }
}

/** A URL with a user has a secret in it. */
function shown(resolved: ResolvedSettings, flag: Flag): string {
  const text = resolved.texts[flag];
  return text.includes("@") ? hidden : text;
}

function endpoint(resolved: ResolvedSettings, flag: Flag): string | undefined {
  const text = resolved.texts[flag];
  if (text === "") return undefined;
  const url = URL.parse(text);
  const fits = url !== null && ["http:", "https:"].includes(url.protocol) && url.username === "";
  return fits ? text : resolved.fail(flag, "an http or https URL without a user", shown(resolved, flag));
}

function objectStoreCredentials(resolved: ResolvedSettings): Configuration["objectStoreCredentials"] {
  const accessKeyId = resolved.texts["object-store-access-key-id"];
  const secretAccessKey = resolved.texts["object-store-secret-access-key"];
  if (accessKeyId === "" && secretAccessKey === "") return undefined;
  if (accessKeyId === "") resolved.fail("object-store-access-key-id", "given with its secret");
  if (secretAccessKey === "") resolved.fail("object-store-secret-access-key", "given with its access key");
  return { accessKeyId, secretAccessKey };
}

function initDirectory(resolved: ResolvedSettings): string | undefined {
  const { init } = resolved.texts;
  if (init === "") return undefined;
  return existsSync(init) && statSync(init).isDirectory()
    ? init
    : resolved.fail("init", "a directory that is there");
}

function wholeNumber(resolved: ResolvedSettings, flag: Flag, min: number, max: number): number {
  const text = resolved.texts[flag];
  const value = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
  return value >= min && value <= max ? value : resolved.fail(flag, `a whole number from ${min} to ${max}`);
}

function oneOf<T extends string>(resolved: ResolvedSettings, flag: Flag, allowed: readonly T[]): T {
  const text = resolved.texts[flag];
  return allowed.find((value) => value === text) ?? resolved.fail(flag, `one of ${allowed.join(", ")}`);
}
