import { usageError } from "../command-error.ts";

/** What `millrace start` takes beside the settings. */
export interface StartFlags {
  /** One line of JSON instead of words. */
  readonly json: boolean;
  /** Shows each request from the beginning. */
  readonly requests: boolean;
  /** The configuration file. */
  readonly config: string | undefined;
  /** Flags of settings. */
  readonly settings: readonly string[];
}

export const startFlags: readonly { readonly flags: string; readonly help: string }[] = [
  { flags: "--config <file>", help: "configuration file; ./millrace.config.ts and the like when not given" },
  { flags: "--json", help: "say where everything is as one line of JSON" },
  { flags: "--requests", help: "show every request from the beginning; on a terminal, v does that" },
];

/** Takes the flags of the command out of the arguments. */
export function splitStartFlags(args: readonly string[]): StartFlags {
  const settings: string[] = [];
  let config: string | undefined;
  let json = false;
  let requests = false;
  for (let index = 0; index < args.length; index += 1) {
    const arg = args[index] ?? "";
    if (arg === "--json") json = true;
    else if (arg === "--requests") requests = true;
    else if (arg === "--config") {
      config = args[index + 1];
      index += 1;
      if (config === undefined) throw usageError("--config needs the path of a configuration file.");
    } else if (arg.startsWith("--config=")) config = arg.slice("--config=".length);
    else settings.push(arg);
  }
  return { json, requests, config, settings };
}
