import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { registerHooks } from "node:module";
import { basename, dirname, extname, join, relative, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { messageOf } from "../../core/errors.ts";
import { ConfigurationError } from "./configuration.ts";
import { objectLayer } from "./object-layer.ts";
import type { Layer } from "./resolved.ts";

/** Names of the configuration file, in the working directory. */
const configFileNames: readonly string[] = [
  "millrace.config.ts",
  "millrace.config.mts",
  "millrace.config.js",
  "millrace.config.mjs",
  "millrace.config.json",
];
const extensions: readonly string[] = [".ts", ".mts", ".js", ".mjs", ".json"];

export interface ConfigFile {
  readonly path: string;
  readonly layer: Layer;
}

/**
 * The configuration file that is named, or the one in the folder; undefined when there is none.
 * @throws ConfigurationError when it cannot be read, and for wrong keys.
 */
export async function readConfigFile(
  folder: string,
  named: string | undefined,
): Promise<ConfigFile | undefined> {
  const path = named === undefined ? onlyOneIn(folder) : checkedPath(resolve(folder, named));
  if (path === undefined) return undefined;
  const shown = relative(folder, path).startsWith("..") ? path : relative(folder, path);
  const value = extname(path) === ".json" ? await jsonIn(path, shown) : await exportOf(path, shown);
  return { path, layer: objectLayer(value, { file: shown, folder: dirname(path) }) };
}

function onlyOneIn(folder: string): string | undefined {
  const found = configFileNames.filter((name) => existsSync(join(folder, name)));
  if (found.length > 1)
    throw new ConfigurationError(
      `There are ${found.join(" and ")} in ${folder}. Keep one of them, or name one with --config.`,
    );
  return found[0] === undefined ? undefined : join(folder, found[0]);
}

function checkedPath(path: string): string {
  if (!existsSync(path))
    throw new ConfigurationError(`--config ${path} is not there. Give the path of a file.`);
  if (!extensions.includes(extname(path)))
    throw new ConfigurationError(`--config ${path} must end in ${extensions.join(", ")}.`);
  return path;
}

async function jsonIn(path: string, shown: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(path, "utf8"));
  } catch (error) {
    throw new ConfigurationError(`${shown} is no JSON: ${messageOf(error)}. Correct it there.`, {
      cause: error,
    });
  }
}

/** What the module exports as default. Node takes the types away from a TypeScript file by itself. */
async function exportOf(path: string, shown: string): Promise<unknown> {
  if (/\.m?ts$/.test(path) && !process.features.typescript)
    throw new ConfigurationError(
      `${shown} cannot be read by this Node (${process.versions.node}), which takes no TypeScript. ` +
        "Use Node 22.18 or newer without --no-experimental-strip-types, or call the file " +
        `${basename(path).replace(/\.m?ts$/, ".mjs")} and leave the types out.`,
    );
  let module: Readonly<Record<string, unknown>>;
  try {
    module = await importAsModule(pathToFileURL(path).href);
  } catch (error) {
    throw new ConfigurationError(`${shown} cannot be loaded: ${reasonOf(error)}`, { cause: error });
  }
  if (module["default"] === undefined)
    throw new ConfigurationError(
      `${shown} has no default export. Write "export default defineConfig({ ... })", or "export default { ... }".`,
    );
  return module["default"];
}

/** A `.ts` file is an ES module, also beside a package.json that says nothing: Node would warn that it had to guess. */
async function importAsModule(url: string): Promise<Readonly<Record<string, unknown>>> {
  const hooks = registerHooks({
    load: (loaded, context, next) =>
      next(
        loaded,
        loaded === url && url.endsWith(".ts") ? { ...context, format: "module-typescript" } : context,
      ),
  });
  try {
    return (await import(url)) as Readonly<Record<string, unknown>>;
  } finally {
    hooks.deregister();
  }
}

function reasonOf(error: unknown): string {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  const [message = ""] = messageOf(error).trim().split("\n");
  if (code === "ERR_MODULE_NOT_FOUND" && /'millrace'/.test(message))
    return (
      'the package millrace is not installed beside it. Run "npm install --save-dev millrace", ' +
      'or write "export default { ... }" without the import.'
    );
  if (code === "ERR_UNSUPPORTED_TYPESCRIPT_SYNTAX")
    return `${message}. Node only takes types away: write it without enums, namespaces and parameter properties.`;
  return `${message}. Correct it there.`;
}
