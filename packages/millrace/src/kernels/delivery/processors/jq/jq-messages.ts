import type { MessagePort } from "node:worker_threads";
import type { WasmModule } from "./web-assembly.ts";

/** What a jq thread is started with. */
export interface JqStart {
  readonly module: WasmModule;
  readonly arguments: readonly string[];
  /** Input arrives here: bytes of whole lines, or null for the end. */
  readonly input: MessagePort;
  /** Counts the messages put into `input`; the thread sleeps on it. */
  readonly arrived: SharedArrayBuffer;
}

/** What a jq thread answers. */
export type JqAnswer =
  /** The program has been compiled and all input so far worked through; what it made of that. */
  | { readonly kind: "idle"; readonly output: Uint8Array }
  /** It ended: at the end of its input, or because it could not go on. */
  | { readonly kind: "ended"; readonly status: number; readonly output: Uint8Array; readonly errors: string };
