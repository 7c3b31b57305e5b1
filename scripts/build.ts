/** Builds the package that is published: packages/millrace/dist, from nothing. */
import { spawnSync } from "node:child_process";
import { chmodSync, cpSync, existsSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { copyAssets } from "./build/assets.ts";
import { buildConsole } from "./build/console.mjs";

const root = join(import.meta.dirname, "..");
const packageFolder = join(root, "packages/millrace");
const out = join(packageFolder, "dist");

// The compiler leaves what it wrote for files that are gone since. The console has a build of its own, and may be
// served from here just now.
for (const name of existsSync(out) ? readdirSync(out) : [])
  if (name !== "console") rmSync(join(out, name), { recursive: true, force: true });
const { status } = spawnSync(
  process.execPath,
  [join(root, "node_modules/typescript/bin/tsc"), "-p", packageFolder],
  {
    stdio: "inherit",
  },
);
if (status !== 0) process.exit(status ?? 1);
const assets = copyAssets(join(packageFolder, "src"), out);
cpSync(join(root, "LICENSE"), join(out, "LICENSE"));
chmodSync(join(out, "cli/main.js"), 0o755);
buildConsole({ quiet: true });
console.log(`built ${out}, with ${assets.length} assets`);
