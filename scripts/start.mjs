// What `npm start` and `npm run demo` run. Plain JavaScript, so that it can speak on an old Node, and so that nothing needs
// its types stripped before the compile cache is on: from the second start on that saves 15 MB.
import "./require-node.mjs";
import { enableCompileCache } from "node:module";

enableCompileCache();
const { buildConsole } = await import("./build/console.mjs");
try {
  buildConsole();
} catch (error) {
  // Everything else works without it, and the console's address says what is missing.
  process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
}
await import("../packages/millrace/src/cli/main.ts");
