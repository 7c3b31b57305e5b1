// What `npm start` runs. Plain JavaScript, so that it can speak on an old Node, and so that nothing needs
// its types stripped before the compile cache is on: from the second start on that saves 15 MB.
import "./require-node.mjs";
import { enableCompileCache } from "node:module";

enableCompileCache();
await import("../packages/millrace/src/cli/main.ts");
