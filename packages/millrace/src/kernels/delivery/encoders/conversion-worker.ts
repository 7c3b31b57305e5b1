/** The thread that turns JSON into Parquet: takes one job at a time and answers it. */
import { parentPort } from "node:worker_threads";
import type { ConversionJob } from "./conversion-job.ts";
import { Converters } from "./converter.ts";
import type { WorkerAnswer } from "./encoder-pool.ts";

const converters = new Converters();

parentPort?.on("message", async (job: ConversionJob) => {
  try {
    const result = await converters.run(job);
    const { rowGroup, failures } = result;
    const transfer = [rowGroup?.bytes.buffer, ...failures.map((failure) => failure.frame.buffer)];
    parentPort?.postMessage(
      { result } satisfies WorkerAnswer,
      transfer.filter((one) => one instanceof ArrayBuffer),
    );
  } catch (error) {
    parentPort?.postMessage({ error: String(error) } satisfies WorkerAnswer);
  }
});
