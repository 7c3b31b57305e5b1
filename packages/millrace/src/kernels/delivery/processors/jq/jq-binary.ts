import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { type WasmModule, webAssembly } from "./web-assembly.ts";

/** jq as WebAssembly, out of the package `jq-wasm`, whose own reading and writing copies all input for each byte. */
const scriptName = "jq-wasm/dist/build/jq.js";
/** The first bytes of a WebAssembly module, in base64. */
const beginning = "AGFzbQ";

/** Compiled once a process; workers get it by reference. */
export async function compileJq(): Promise<WasmModule> {
  const script = await readFile(createRequire(import.meta.url).resolve(scriptName), "latin1");
  const start = script.indexOf(beginning);
  const encoded = start < 0 ? undefined : /^[A-Za-z0-9+/]+=*/.exec(script.slice(start));
  if (encoded == null) throw new Error(`${scriptName} holds no WebAssembly module`);
  return webAssembly.compile(Buffer.from(encoded[0], "base64"));
}
