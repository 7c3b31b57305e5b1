/** A compiled module; threads may share it. */
export interface WasmModule {
  readonly [Symbol.toStringTag]: string;
}

export interface WasmMemory {
  readonly buffer: ArrayBuffer;
  grow(pages: number): number;
}

type WasmImports = Readonly<Record<string, Readonly<Record<string, (...values: number[]) => unknown>>>>;

/** As much of JavaScript's WebAssembly as jq needs; the compiler's library for Node does not describe it. */
interface WebAssemblyApi {
  compile(bytes: Uint8Array): Promise<WasmModule>;
  readonly Instance: new (module: WasmModule, imports: WasmImports) => { readonly exports: unknown };
}

export const webAssembly: Readonly<WebAssemblyApi> = Reflect.get(globalThis, "WebAssembly");
