/**
 * Builds the console into packages/millrace/dist/console, unless what is there was made of the same sources. Plain
 * JavaScript, because `npm start` uses it.
 */
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

const root = join(import.meta.dirname, "../..");
const folder = join(root, "packages/console");
const out = join(root, "packages/millrace/dist/console");
const stampPath = join(out, "sources.sha256");

/** Answers whether it had to be built. */
export function buildConsole({ quiet = false } = {}) {
  const stamp = stampOf(folder);
  if (existsSync(stampPath) && readFileSync(stampPath, "utf8") === stamp) return false;
  if (!quiet) process.stderr.write("Building the console, once...\n");
  // Built beside it and moved, so that who reads it meanwhile finds the one or the other.
  const fresh = `${out}.${process.pid}`;
  mkdirSync(dirname(out), { recursive: true });
  const vite = join(dirname(createRequire(import.meta.url).resolve("vite/package.json")), "bin/vite.js");
  const { status, stderr } = spawnSync(
    process.execPath,
    [vite, "build", "--logLevel", "warn", "--outDir", fresh, "--emptyOutDir"],
    { cwd: folder, encoding: "utf8" },
  );
  if (status !== 0) {
    rmSync(fresh, { recursive: true, force: true });
    throw new Error(`the console could not be built:\n${stderr}`);
  }
  writeFileSync(join(fresh, "sources.sha256"), stamp);
  rmSync(out, { recursive: true, force: true });
  renameSync(fresh, out);
  return true;
}

/** Of all sources and of what is installed. */
function stampOf(path) {
  const hash = createHash("sha256");
  for (const name of ["index.html", "package.json", "vite.config.ts", "public", "src"])
    add(hash, join(path, name));
  add(hash, join(root, "package-lock.json"));
  return hash.digest("hex");
}

function add(hash, path) {
  if (!statSync(path).isDirectory())
    return void hash.update(`${path.slice(root.length)}\0`).update(readFileSync(path));
  for (const name of readdirSync(path).sort()) if (!name.includes(".test.")) add(hash, join(path, name));
}

if (process.argv[1] === import.meta.filename) buildConsole();
