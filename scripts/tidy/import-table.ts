import { isTest, productSource } from "./areas.ts";
import { type ImportOf, importsOf, packageOf, resolveImport } from "./imports.ts";
import type { Finding, Tree, TreeFile } from "./tree.ts";

const rule = "import-table";

/**
 * Who may import whom, beside itself, `node:` and third-party libraries. ARCHITECTURE.md shows the same table.
 * `kernels/log:port` means the kernel's port alone: `port.ts` or a file that ends in `-port.ts`.
 * `gateway:contract` means the files that describe calls, requests and services, and any other type; for
 * tests also what the gateway offers to tests alone.
 */
const allowed: Readonly<Record<string, readonly string[]>> = {
  core: [],
  sql: ["core"],
  formats: ["core"],
  "kernels/log": ["core"],
  "kernels/objects": ["core"],
  "kernels/catalog": ["core"],
  "kernels/runner": ["core"],
  "kernels/delivery": ["core", "formats", "kernels/log:port"],
  "kernels/warehouse": [
    "core",
    "sql",
    "formats",
    "kernels/log:port",
    "kernels/objects:port",
    "kernels/catalog:port",
  ],
  "kernels/streaming": [
    "core",
    "sql",
    "formats",
    "kernels/log:port",
    "kernels/objects:port",
    "kernels/catalog:port",
  ],
  gateway: ["core"],
  "services/*": ["core", "formats", "gateway:contract", "kernels/*"],
  "listeners/*": ["core", "formats", "gateway:contract", "kernels/*"],
  "engines/*": ["core", "kernels/*:port"],
  server: ["*"],
  cli: ["server", "core"],
  embedding: ["cli", "server", "gateway", "core"],
  testing: ["embedding"],
  index: ["embedding", "server", "core"],
};

const gatewayContract: readonly string[] = ["call", "http", "service", "tokens"];

/** `services/kinesis` for a file in it; `core` for one in core; `index` for the package's entry. */
function zoneOf(path: string): string {
  const parts = path.slice(productSource.length).split("/");
  if (parts.length === 1) return (parts[0] ?? "").replace(/\.ts$/, "");
  const [first = "", second = ""] = parts;
  return ["services", "kernels", "engines", "listeners"].includes(first) && parts.length > 2
    ? `${first}/${second}`
    : first;
}

function entryFor(zone: string): readonly string[] | undefined {
  return allowed[zone] ?? allowed[zone.replace(/\/.*/, "/*")];
}

function isPort(path: string): boolean {
  return /(^|\/)([a-z0-9-]+-)?port\.ts$/.test(path);
}

/** Whether one item of the table covers an import of `target`, which lies in `zone`. */
function covers(item: string, zone: string, target: string, imported: ImportOf, fromTest: boolean): boolean {
  const [folder = "", part] = item.split(":");
  const matches =
    folder === "*" || folder === zone || (folder.endsWith("/*") && zone.startsWith(folder.slice(0, -1)));
  if (!matches) return false;
  if (part === "port") return fromTest || isPort(target);
  if (part === "contract") {
    const name = target.slice(`${productSource}gateway/`.length).replace(/\.ts$/, "");
    return imported.typeOnly || gatewayContract.includes(name) || (fromTest && isTest(target));
  }
  return true;
}

function insteadOf(zone: string, targetZone: string): string {
  if (zone.startsWith("services/") && targetZone.startsWith("services/"))
    return "what two services share is a kernel: move it under kernels/ and import it from both";
  if (targetZone === "gateway") return "import types only, or from gateway/{call,http,service,tokens}.ts";
  if (zone.startsWith("kernels/") || zone.startsWith("engines/"))
    return "define what you need as the other kernel's port (kernels/<name>/port.ts) and let server/ hand it in";
  return "let server/ construct it and hand it in";
}

function checkInside(file: TreeFile, imported: ImportOf, target: string): string | undefined {
  const zone = zoneOf(file.path);
  const targetZone = zoneOf(target);
  if (isTest(target) && !isTest(file.path))
    return `${target} is there for tests: move what both need into a file of its own`;
  if (zone === targetZone) return undefined;
  if (targetZone.startsWith("engines/") && zone === "server" && !imported.dynamic && !imported.typeOnly)
    return "server/ loads engines by import(), so that an engine's libraries load only when it is used";
  const entry = entryFor(zone);
  if (entry === undefined)
    return `${zone} is no folder of the house: move the file, or add the folder to the table in ARCHITECTURE.md and scripts/tidy/import-table.ts`;
  if (entry.some((item) => covers(item, targetZone, target, imported, isTest(file.path)))) return undefined;
  return `${zone} may not import ${targetZone}; ${insteadOf(zone, targetZone)}`;
}

function checkProduct(file: TreeFile, imported: ImportOf, declared: ReadonlySet<string>): string | undefined {
  if (imported.specifier === undefined)
    return zoneOf(file.path) === "server"
      ? undefined
      : "import() takes a literal path, or this table cannot be checked";
  const target = resolveImport(file.path, imported.specifier);
  if (target !== undefined)
    return target.startsWith(productSource)
      ? checkInside(file, imported, target)
      : `the product imports nothing outside ${productSource}: move ${target} into it`;
  if (imported.specifier.startsWith("node:") || imported.typeOnly || isTest(file.path)) return undefined;
  const name = packageOf(imported.specifier);
  if (declared.has(name)) return undefined;
  return `${name} is missing when Millrace is installed: add it to dependencies of packages/millrace, or import only its types`;
}

function checkConsole(file: TreeFile, imported: ImportOf): string | undefined {
  const specifier = imported.specifier ?? "";
  const target = resolveImport(file.path, specifier);
  if (target?.startsWith("packages/millrace/") || packageOf(specifier) === "millrace")
    return "the console talks to public HTTP APIs only: call the API instead of importing the product";
  return undefined;
}

function declaredDependencies(tree: Tree): ReadonlySet<string> {
  const manifest: unknown = JSON.parse(tree.get("packages/millrace/package.json")?.text ?? "{}");
  if (typeof manifest !== "object" || manifest === null || !("dependencies" in manifest)) return new Set();
  return new Set(Object.keys(manifest.dependencies ?? {}));
}

/** The import table: each folder imports only what stands beside it in ARCHITECTURE.md. */
export function importTable(tree: Tree): readonly Finding[] {
  const declared = declaredDependencies(tree);
  const findings: Finding[] = [];
  for (const file of tree.code) {
    const product = file.path.startsWith(productSource);
    if (!product && !file.path.startsWith("packages/console/")) continue;
    for (const imported of importsOf(file)) {
      const message = product ? checkProduct(file, imported, declared) : checkConsole(file, imported);
      if (message !== undefined) findings.push({ path: file.path, line: imported.line, rule, message });
    }
  }
  return findings;
}
