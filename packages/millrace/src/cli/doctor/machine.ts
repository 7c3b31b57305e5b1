import { readFile } from "node:fs/promises";
import { availableParallelism, totalmem } from "node:os";
import { messageOf } from "../../core/errors.ts";
import { quantity } from "../progress.ts";
import { type Check, type Finding, ok, problem, warning } from "./check.ts";
import { outputOf } from "./port-owner.ts";

const minNode = [22, 18] as const;
const minOpenFiles = 4_096;
const minMemoryBytes = 2 * 1024 ** 3;

/** Node itself. */
export const checkNode: Check = () => {
  const { node } = process.versions;
  const [major = 0, minor = 0] = node.split(".").map(Number);
  if (major < minNode[0] || (major === minNode[0] && minor < minNode[1]))
    return [
      problem(
        "Node",
        `${node} is too old`,
        `Install Node ${minNode.join(".")} or newer; 24 is what Millrace is tested with.`,
      ),
    ];
  if (!process.features.typescript)
    return [
      warning(
        "Node",
        `${node}, without TypeScript`,
        "Leave out --no-experimental-strip-types, or call the configuration file millrace.config.mjs.",
      ),
    ];
  return [ok("Node", node)];
};

/** Memory and processors, as far as this process may use them. */
export const checkMachine: Check = () => {
  const limit = process.constrainedMemory();
  const memory = limit > 0 && limit < totalmem() ? limit : totalmem();
  const found = `${quantity(memory, "bytes")}, ${availableParallelism()} processors`;
  return [
    memory >= minMemoryBytes
      ? ok("Memory", found)
      : warning(
          "Memory",
          found,
          "Give Redshift's clusters less with --redshift-memory, or the machine more.",
        ),
  ];
};

/** Each segment, database and connection needs a file. */
export const checkOpenFiles: Check = async ({ platform }) => {
  const limit = await openFileLimit(platform);
  if (limit === undefined) return [];
  const found = limit === Number.POSITIVE_INFINITY ? "unlimited" : `${limit}`;
  return [
    limit >= minOpenFiles
      ? ok("Open files", found)
      : warning(
          "Open files",
          `${found} at most`,
          `ulimit -n ${minOpenFiles * 4} before the start raises it.`,
        ),
  ];
};

async function openFileLimit(platform: NodeJS.Platform): Promise<number | undefined> {
  if (platform === "win32") return undefined;
  const limits = await readFile("/proc/self/limits", "utf8").catch(() => "");
  const text =
    /^Max open files\s+(\S+)/m.exec(limits)?.[1] ?? (await outputOf("sh", ["-c", "ulimit -n"])).trim();
  if (text === "unlimited") return Number.POSITIVE_INFINITY;
  return /^\d+$/.test(text) ? Number(text) : undefined;
}

/** Libraries with parts for each platform: they are missing when optional dependencies were left out. */
export const checkEngines: Check = async ({ configuration }) => {
  const fix = "Install again for this platform, with optional dependencies: npm install --include=optional.";
  const findings: Finding[] = [];
  const attempt = async (name: string, load: () => Promise<string>): Promise<void> => {
    try {
      findings.push(ok(name, await load()));
    } catch (error) {
      findings.push(problem(name, messageOf(error).split("\n")[0] ?? "", fix));
    }
  };
  await attempt("Engine of Redshift", async () => `DuckDB ${(await import("@duckdb/node-api")).version()}`);
  await attempt("Compression", async () => {
    const { compress, uncompress } = await import("snappy");
    await uncompress(await compress("whole"));
    return "Snappy works";
  });
  for (const { remote } of configuration.objectStores)
    if (remote?.endpoint !== undefined) findings.push(await reach("Object store", remote.endpoint));
  return findings;
};

const reachTimeoutMs = 5_000;

async function reach(name: string, url: string): Promise<Finding> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(reachTimeoutMs) });
    await response.body?.cancel();
    return ok(name, `${url} answers`);
  } catch (error) {
    return problem(
      name,
      `${url} does not answer: ${messageOf(error)}`,
      "Start it, or correct --object-store.",
    );
  }
}
