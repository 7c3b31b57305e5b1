#!/usr/bin/env node
import module from "node:module";

// An older Node must get as far as saying so: nothing here is newer than what it knows.
const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
if (major < 22 || (major === 22 && minor < 18)) {
  console.error(
    `millrace: Node ${process.versions.node} is too old. Install Node 22.18 or newer; 24 is best.`,
  );
  process.exit(1);
}
// Compiled code is cached between starts: the next one is faster and smaller. It must come before the
// rest is loaded, hence the dynamic import.
module.enableCompileCache();
const { run } = await import("./run.ts");
process.exitCode = await run(process.argv.slice(2), process);
