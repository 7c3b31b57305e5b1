import { pathToFileURL } from "node:url";

/**
 * `in-process.ts PACKAGE`: one figure a line, milliseconds to load the built package, to start a first Millrace, and to
 * start a second one beside it.
 */
const place = pathToFileURL(process.argv[2] ?? "").href;
const startedMs = performance.now();
const { createMillrace } = (await import(place)) as typeof import("../../packages/millrace/src/index.ts");
const loadedMs = performance.now();
const first = await createMillrace();
const firstMs = performance.now();
const second = await createMillrace();
const secondMs = performance.now();
await Promise.all([first.close(), second.close()]);
process.stdout.write(`${loadedMs - startedMs}\n${firstMs - loadedMs}\n${secondMs - firstMs}\n`);
