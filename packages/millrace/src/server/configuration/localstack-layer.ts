import { ConfigurationError } from "./configuration.ts";
import type { Environment } from "./layers.ts";
import type { Layer } from "./resolved.ts";
import type { Flag } from "./settings.ts";

/** LocalStack's variables that mean the same here; each also with LOCALSTACK_ before its name, as LocalStack has it. */
export const localStackVariables: readonly {
  readonly name: string;
  readonly flags: readonly Flag[];
  readonly help: string;
}[] = [
  {
    name: "GATEWAY_LISTEN",
    flags: ["host", "port"],
    help: "the first address of the list; one beyond loopback needs --auth verify, as ever",
  },
  { name: "PERSISTENCE", flags: ["durability"], help: "0: durability memory; 1: durability sync" },
  {
    name: "SERVICES",
    flags: ["services"],
    help: "the ones that Millrace has; calls to others are answered with 501 anyway",
  },
  { name: "LS_LOG", flags: ["log-level"], help: "trace is debug, warning is warn" },
];

/** Names that LocalStack gives to services which are called otherwise here. */
const serviceNames: Readonly<Record<string, string>> = {
  kinesisanalyticsv2: "kinesis-analytics-v2",
  cloudwatchlogs: "logs",
};

const levels: Readonly<Record<string, string>> = {
  trace: "debug",
  "trace-internal": "debug",
  debug: "debug",
  info: "info",
  warn: "warn",
  warning: "warn",
  error: "error",
};

/** @param known The services that Millrace has. @throws ConfigurationError when a variable makes no sense. */
export function localStackLayer(environment: Environment, known: readonly string[]): Layer {
  const texts: Partial<Record<Flag, string>> = {};
  const names = new Map<Flag, string>();
  const take = (
    variable: string,
    read: (text: string, name: string) => Partial<Record<Flag, string>>,
  ): void => {
    const name = [variable, `LOCALSTACK_${variable}`].find((candidate) => environment[candidate]);
    if (name === undefined) return;
    for (const [flag, text] of Object.entries(read(environment[name] ?? "", name))) {
      texts[flag as Flag] = text;
      names.set(flag as Flag, name);
    }
  };
  take("GATEWAY_LISTEN", listenAddress);
  take("PERSISTENCE", (text) => {
    if (/^(1|true)$/i.test(text)) return { durability: "sync" };
    return /^(0|false)$/i.test(text) ? { durability: "memory" } : {};
  });
  take("SERVICES", (text) => services(text, known));
  take("LS_LOG", (text): Partial<Record<Flag, string>> => {
    const level = levels[text.toLowerCase()];
    return level === undefined ? {} : { "log-level": level };
  });
  return { texts, source: (flag) => ({ kind: "environment", name: names.get(flag) ?? flag }) };
}

/** `127.0.0.1:4566,127.0.0.1:443`, `:4566`, `0.0.0.0`. */
function listenAddress(text: string, name: string): Partial<Record<Flag, string>> {
  const match = /^(\[[0-9a-f:]+\]|[^:,\s]*)(?::(\d{1,5}))?$/i.exec(text.split(",")[0]?.trim() ?? "");
  if (match === null)
    throw new ConfigurationError(
      `${name} ${JSON.stringify(text)} must be ADDRESS:PORT, such as 127.0.0.1:4566.`,
    );
  const [, host = "", port] = match;
  return {
    ...(host === "" ? {} : { host: host.replace(/^\[(.*)\]$/, "$1") }),
    ...(port === undefined ? {} : { port }),
  };
}

function services(text: string, known: readonly string[]): Partial<Record<Flag, string>> {
  const asked = text.split(",").map((name) => name.trim().toLowerCase());
  const ids = asked.map((name) => serviceNames[name] ?? name).filter((name) => known.includes(name));
  return ids.length === 0 ? {} : { services: ids.join(",") };
}
