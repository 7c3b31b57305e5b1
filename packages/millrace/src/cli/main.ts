#!/usr/bin/env node
import { enableCompileCache } from "node:module";

// Compiled code is cached between starts: the next one is faster and smaller. It must come before the
// rest is loaded, hence the dynamic import.
enableCompileCache();
const { run } = await import("./run.ts");
process.exitCode = await run(process.argv.slice(2), process);
