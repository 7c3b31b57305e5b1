/** One figure a line: milliseconds to load the module, to start a first Millrace, to start a second one beside it. */
const startedMs = performance.now();
const { createMillrace } = await import("../../packages/millrace/src/index.ts");
const loadedMs = performance.now();
const first = await createMillrace();
const firstMs = performance.now();
const second = await createMillrace();
const secondMs = performance.now();
await Promise.all([first.close(), second.close()]);
process.stdout.write(`${loadedMs - startedMs}\n${firstMs - loadedMs}\n${secondMs - firstMs}\n`);
