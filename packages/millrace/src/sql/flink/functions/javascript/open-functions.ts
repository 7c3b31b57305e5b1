import type {
  QuickJSContext,
  QuickJSHandle,
  QuickJSRuntime,
  QuickJSSyncVariant,
} from "quickjs-emscripten-core";
import { EvaluationError, type ScalarFunction } from "../scalar-function.ts";
import { type JavaScriptFunction, parseJavaScriptFunction } from "./function-definition.ts";
import { type FunctionRunner, javaScriptFunction } from "./javascript-function.ts";
import { type FromSandbox, fromSandbox, type ToSandbox, toSandbox, WrongValue } from "./value-exchange.ts";

/** Memory of all functions of a program together, in one thread. */
const maxMemoryPages = 1024;
const initialMemoryPages = 256;
/** V8's stack must be wide enough for what QuickJS does within this. */
const maxStackBytes = 65_536;
/** How long one call may take. */
const maxCallMs = 1000;

/**
 * Taken from the sandbox before a function comes in: what differs from call to call. A round that is repeated
 * after a crash has to give the same again.
 */
const prelude = `
  Math.random = () => { throw new Error("Math.random is not there: the same call must give the same answer") };
  const RealDate = Date;
  const noClock = () => { throw new Error("there is no clock: the same call must give the same answer") };
  globalThis.Date = function (...parts) {
    if (!new.target || parts.length === 0) noClock();
    return Reflect.construct(RealDate, parts, new.target);
  };
  Date.prototype = RealDate.prototype;
  Date.prototype.constructor = Date;
  Date.UTC = RealDate.UTC;
  Date.parse = RealDate.parse;
  Date.now = noClock;
`;

export interface OpenFunctions extends Disposable {
  /** By the name in bound expressions: `udf:name`. */
  scalar(name: string): ScalarFunction | undefined;
  close(): void;
}

/**
 * Opens temporary functions in one sandbox of QuickJS, which has no way out: no modules, no clock, no chance, no
 * network, no files. Memory, stack and time of calls are bounded.
 * @throws SqlError for a malformed one
 * @throws EvaluationError for one that is no function
 */
export async function openJavaScriptFunctions(
  functions: readonly { readonly name: string; readonly text: string }[],
): Promise<OpenFunctions> {
  const sandbox = new Sandbox(await openRuntime());
  try {
    const scalars = new Map<string, ScalarFunction>();
    for (const { name, text } of functions) {
      const definition = parseJavaScriptFunction(name, text);
      const scalar = javaScriptFunction(definition, sandbox.open(definition));
      scalars.set(scalar.name, scalar);
    }
    const close = (): void => sandbox.close();
    return { scalar: (name) => scalars.get(name), close, [Symbol.dispose]: close };
  } catch (error) {
    sandbox.close();
    throw error;
  }
}

/** The part of WebAssembly that is used here; the libraries of TypeScript have it for browsers alone. */
interface WebAssemblyMemories {
  readonly Memory: new (limits: { readonly initial: number; readonly maximum: number }) => object;
}

/** Loaded when a program has a function: the engine is half a megabyte of code. */
async function openRuntime(): Promise<QuickJSRuntime> {
  const [core, engine] = await Promise.all([
    import("quickjs-emscripten-core"),
    import("@jitl/quickjs-wasmfile-release-sync"),
  ]);
  // Its types are those of its CommonJS form, which holds the same one level deeper.
  const variant = engine.default as unknown as QuickJSSyncVariant;
  const { WebAssembly } = globalThis as unknown as { readonly WebAssembly: WebAssemblyMemories };
  // QuickJS counts its memory wrongly within WebAssembly; that it can get no more is what bounds it.
  const wasmMemory = new WebAssembly.Memory({ initial: initialMemoryPages, maximum: maxMemoryPages });
  const module = await core.newQuickJSWASMModuleFromVariant(core.newVariant(variant, { wasmMemory }));
  const runtime = module.newRuntime();
  runtime.setMaxStackSize(maxStackBytes);
  return runtime;
}

class Sandbox {
  readonly #runtime: QuickJSRuntime;
  readonly #open: Disposable[] = [];
  /** When the call under way was first asked whether it may go on; NaN: it was not. */
  #startedMs = Number.NaN;

  constructor(runtime: QuickJSRuntime) {
    this.#runtime = runtime;
    runtime.setInterruptHandler(() => {
      const nowMs = performance.now();
      if (Number.isNaN(this.#startedMs)) this.#startedMs = nowMs;
      return nowMs - this.#startedMs > maxCallMs;
    });
  }

  /** Each function has globals of its own. */
  open(definition: JavaScriptFunction): FunctionRunner {
    const vm = this.#runtime.newContext();
    this.#open.push(vm);
    vm.unwrapResult(vm.evalCode(`{${prelude}}`)).dispose();
    const made = this.#run(vm, definition, () => vm.evalCode(`(${definition.body}\n)`, "function.js"));
    this.#open.push(made);
    if (vm.typeof(made) !== "function") {
      throw new EvaluationError(`The text of '${definition.name}' is no function of JavaScript`);
    }
    return this.#runner(vm, definition, made);
  }

  #runner(vm: QuickJSContext, definition: JavaScriptFunction, made: QuickJSHandle): FunctionRunner {
    const slots = definition.parameters.map(({ type }) => new ArgumentSlot(vm, toSandbox(type)));
    this.#open.push(...slots);
    const read = fromSandbox(definition.result);
    return (...values) => {
      const handles = slots.map((slot, index) => slot.put(values[index] ?? null));
      const answer = this.#run(vm, definition, () => vm.callFunction(made, vm.undefined, handles));
      return this.#answer(vm, definition, read, answer);
    };
  }

  /** Runs code of the function, and makes what it throws ours. */
  #run(
    vm: QuickJSContext,
    { name }: JavaScriptFunction,
    code: () => ReturnType<QuickJSContext["callFunction"]>,
  ): QuickJSHandle {
    this.#startedMs = Number.NaN;
    let result: ReturnType<QuickJSContext["callFunction"]>;
    try {
      result = code();
    } catch (error) {
      // V8's own stack, or its memory, was too small for the engine.
      throw new EvaluationError(`The function '${name}' failed: ${String(error)}`, { cause: error });
    }
    if (result.error === undefined) return result.value;
    const dumped: unknown = vm.dump(result.error);
    result.error.dispose();
    throw new EvaluationError(`The function '${name}' failed: ${described(dumped)}`);
  }

  #answer(
    vm: QuickJSContext,
    { name }: JavaScriptFunction,
    read: FromSandbox,
    answer: QuickJSHandle,
  ): unknown {
    try {
      return read(vm, answer);
    } catch (error) {
      if (!(error instanceof WrongValue)) throw error;
      throw new EvaluationError(`The function '${name}' gave a wrong value: ${error.message}`);
    } finally {
      answer.dispose();
    }
  }

  close(): void {
    for (const open of this.#open.splice(0).reverse()) open[Symbol.dispose]();
    this.#runtime.dispose();
  }
}

/** An argument in the sandbox: kept for the next call, since many are constants. */
class ArgumentSlot implements Disposable {
  readonly #vm: QuickJSContext;
  readonly #write: ToSandbox;
  #value: unknown = null;
  #handle: QuickJSHandle;

  constructor(vm: QuickJSContext, write: ToSandbox) {
    this.#vm = vm;
    this.#write = write;
    this.#handle = vm.null;
  }

  put(value: unknown): QuickJSHandle {
    // Functions may change objects they are given: only values are the same as before.
    if (value === this.#value && typeof value !== "object") return this.#handle;
    this.#handle.dispose();
    this.#handle = this.#vm.null;
    this.#value = null;
    if (value !== null) this.#handle = this.#write(this.#vm, value as never);
    this.#value = value;
    return this.#handle;
  }

  [Symbol.dispose](): void {
    this.#handle.dispose();
  }
}

/** An error of the sandbox as a line of text. */
function described(error: unknown): string {
  if (typeof error !== "object" || error === null) return String(error).slice(0, 500);
  const name = "name" in error ? String(error.name) : "Error";
  const message = "message" in error ? String(error.message) : "";
  if (name === "InternalError" && message === "interrupted") return `it took longer than ${maxCallMs} ms`;
  return `${name}: ${message}`.slice(0, 500);
}
