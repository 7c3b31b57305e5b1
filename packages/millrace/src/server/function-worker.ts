import { pathToFileURL } from "node:url";
import { parentPort, workerData } from "node:worker_threads";
import type { FunctionAnswer, FunctionCall, FunctionStart } from "./function-messages.ts";

type Callback = (error: unknown, result?: unknown) => void;
type Handler = (event: unknown, context: object, callback: Callback) => unknown;

/** Runs a user's handler, loaded once, the way Lambda's Node runtime does. */
async function loadHandler(path: string): Promise<Handler> {
  const module: Record<string, unknown> = await import(pathToFileURL(path).href);
  const fallback = module["default"] as Record<string, unknown> | undefined;
  const handler = module["handler"] ?? fallback?.["handler"];
  if (typeof handler !== "function") throw new Error(`${path} does not export a function called handler`);
  return handler as Handler;
}

/** An async handler answers by its promise, any other by its callback. */
function run(handler: Handler, call: FunctionCall): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const callback: Callback = (error, result) => {
      if (error === null || error === undefined) resolve(result);
      else reject(error);
    };
    const event: unknown = JSON.parse(Buffer.from(call.payload).toString("utf8"));
    const returned = handler(event, contextOf(call, callback), callback);
    if (isThenable(returned) || handler.length < 3) resolve(returned);
  });
}

function isThenable(value: unknown): boolean {
  return typeof value === "object" && value !== null && "then" in value;
}

function contextOf({ functionArn, requestId, limitMs }: FunctionCall, callback: Callback): object {
  const parts = functionArn.split(":");
  const functionName = parts[6] ?? functionArn;
  const startedMs = performance.now();
  return {
    awsRequestId: requestId,
    callbackWaitsForEmptyEventLoop: false,
    functionName,
    functionVersion: parts[7] ?? "$LATEST",
    invokedFunctionArn: functionArn,
    logGroupName: `/aws/lambda/${functionName}`,
    logStreamName: "millrace",
    memoryLimitInMB: "512",
    getRemainingTimeInMillis: () => Math.max(0, Math.round(limitMs - (performance.now() - startedMs))),
    done: callback,
    fail: (error: unknown) => callback(error ?? new Error("failed")),
    succeed: (result: unknown) => callback(null, result),
  };
}

async function answer(handler: Promise<Handler>, call: FunctionCall): Promise<FunctionAnswer> {
  try {
    const result = await run(await handler, call);
    return { payload: Buffer.from(JSON.stringify(result ?? null)) };
  } catch (thrown) {
    return { error: thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown) };
  }
}

const handler = loadHandler((workerData as FunctionStart).path);
// Whoever invokes the function meets the failure.
handler.catch(() => {});
parentPort?.on("message", (call: FunctionCall) => {
  void answer(handler, call).then((answered) => parentPort?.postMessage(answered));
});
