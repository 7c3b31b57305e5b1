/** A thread that dies once, on purpose, for each file in a folder, and else converts. */
import { readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { parentPort } from "node:worker_threads";
import type { ConversionJob } from "./conversion-job.ts";
import { Converters } from "./converter.ts";

const converters = new Converters();
const folder = process.env["MILLRACE_TEST_DEATHS"] ?? "";

parentPort?.on("message", async (job: ConversionJob) => {
  const [death] = readdirSync(folder);
  if (death !== undefined) {
    rmSync(join(folder, death));
    process.exit(9);
  }
  parentPort?.postMessage({ result: await converters.run(job) });
});
