import { parseArgs } from "node:util";
import { messageOf } from "../../core/errors.ts";
import { ConfigurationError } from "./configuration.ts";
import type { Layer } from "./resolved.ts";
import { type Flag, settings, variableOf } from "./settings.ts";

export type Environment = Readonly<Record<string, string | undefined>>;

/** Flags of the command line. @throws ConfigurationError for one that is no setting, and for stray words. */
export function flagLayer(args: readonly string[]): Layer {
  const options = Object.fromEntries(
    settings.map(({ flag, isList = false }) => [flag, { type: "string" as const, multiple: isList }]),
  );
  try {
    const { values } = parseArgs({ args: [...args], options, strict: true, allowPositionals: false });
    return {
      texts: Object.fromEntries(
        Object.entries(values).map(([flag, value]) => [
          flag,
          Array.isArray(value) ? value.join(",") : String(value),
        ]),
      ),
      source: (flag) => ({ kind: "flag", name: `--${flag}` }),
    };
  } catch (error) {
    throw new ConfigurationError(`${flagProblem(messageOf(error))} "millrace --help" says what there is.`);
  }
}

/** Node's sentence without its advice about dashes, which are no part of any setting. */
function flagProblem(message: string): string {
  const [sentence = message] = message.split(/\. (?=To specify)|\n/);
  return /[.?]$/.test(sentence) ? sentence : `${sentence}.`;
}

/** `MILLRACE_*`. */
export function environmentLayer(environment: Environment): Layer {
  const texts: Partial<Record<Flag, string>> = {};
  for (const { flag } of settings) {
    const text = environment[variableOf(flag)];
    if (text !== undefined) texts[flag] = text;
  }
  return { texts, source: (flag) => ({ kind: "environment", name: variableOf(flag) }) };
}
