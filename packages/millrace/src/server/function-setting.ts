import { existsSync } from "node:fs";
import { resolve } from "node:path";

/*
 * List   => Entry ["," Entry ...]
 * Entry  => Name "=" Target
 * Name   => the name of a function, or its ARN, with a version or alias or without
 * Target => "http://..." | "https://..." | the path of a module
 */

/** What stands for a Lambda function. */
export interface FunctionEntry {
  /** A name or an ARN. */
  readonly name: string;
  readonly target: FunctionTarget;
}

export type FunctionTarget =
  /** `path` is absolute; the module exports `handler`. */
  { readonly kind: "module"; readonly path: string } | { readonly kind: "http"; readonly url: string };

/** What is wrong with one entry. */
class FunctionSettingError extends Error {
  override readonly name = "FunctionSettingError";
}

const maxEntries = 1000;
const namePattern =
  /^(arn:[a-z-]+:lambda:[a-z0-9-]+:\d{12}:function:)?[A-Za-z0-9_-]{1,64}(:[A-Za-z0-9_$-]{1,128})?$/;

/** @throws FunctionSettingError */
export function parseFunctions(text: string): readonly FunctionEntry[] {
  if (text.trim() === "") return [];
  const entries = text.split(",").map((entry) => parseEntry(entry.trim()));
  if (entries.length > maxEntries) throw new FunctionSettingError(`at most ${maxEntries} of them`);
  const names = entries.map(({ name }) => name);
  const repeated = names.find((name, index) => names.indexOf(name) !== index);
  if (repeated !== undefined) throw new FunctionSettingError(`one target for ${repeated}, not several`);
  return entries;
}

function parseEntry(text: string): FunctionEntry {
  const separator = text.indexOf("=");
  const name = text.slice(0, Math.max(separator, 0)).trim();
  const target = text.slice(separator + 1).trim();
  if (separator < 0 || target === "" || !namePattern.test(name)) {
    throw new FunctionSettingError(
      "NAME=./module.mjs or NAME=http://host/path, where NAME is a function's name or ARN",
    );
  }
  return { name, target: parseTarget(target) };
}

function parseTarget(text: string): FunctionTarget {
  if (/^https?:/i.test(text)) {
    if (!URL.canParse(text)) throw new FunctionSettingError(`a URL that can be read, unlike ${text}`);
    return { kind: "http", url: new URL(text).href };
  }
  const path = resolve(text);
  if (!/\.(mjs|cjs|js|mts|cts|ts)$/.test(path)) {
    throw new FunctionSettingError(`a module (.mjs, .cjs, .js, .ts) or a URL, unlike ${text}`);
  }
  if (!existsSync(path)) throw new FunctionSettingError(`a module that is there: ${path} is not`);
  return { kind: "module", path };
}
