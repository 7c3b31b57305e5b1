import { Worker } from "node:worker_threads";
import { CommandError } from "../command-error.ts";
import type { SenderReport, SenderResult, SenderStart } from "./flight-sender.ts";

/** Puts the flights into the stream from a thread of its own, as a producer beside Millrace. */
export async function sendFlights(
  start: SenderStart,
  onSent: (sent: number) => void,
  signal: AbortSignal,
): Promise<SenderResult> {
  const worker = new Worker(workerUrl(), { workerData: start });
  const stop = (): void => void worker.terminate();
  signal.addEventListener("abort", stop, { once: true });
  try {
    return await new Promise<SenderResult>((resolve, reject) => {
      worker.on("message", ({ sent, result }: SenderReport) => {
        onSent(sent);
        if (result !== undefined) resolve(result);
      });
      worker.on("error", (error) =>
        reject(
          new CommandError(`The flights could not be put into the stream: ${error.message}`, undefined, {
            cause: error,
          }),
        ),
      );
      worker.on("exit", () => reject(signal.aborted ? signal.reason : new Error("The producer has ended.")));
    });
  } finally {
    signal.removeEventListener("abort", stop);
    await worker.terminate();
  }
}

function workerUrl(): URL {
  return import.meta.url.endsWith(".ts")
    ? new URL("./flight-sender.ts", import.meta.url)
    : new URL("./flight-sender.js", import.meta.url);
}
