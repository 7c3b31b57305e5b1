/** One Nexmark query in a process of its own: `node query-process.ts q5 5000000`; prints one JSON line. */
import { cpuSeconds, EngineRun } from "./engine-run.ts";
import { programOf } from "./nexmark-programs.ts";

const [query = "q0", count = "1000000"] = process.argv.slice(2);
const events = Number(count);
/** Loads and compiles what the measured run uses. */
const warmUpEvents = 200_000;

const run = new EngineRun();
const warm = await run.start(programOf(query, { events: warmUpEvents }));
await warm.ended;
const before = process.cpuUsage();
const startedMs = performance.now();
const { job, ended } = await run.start(programOf(query, { events }));
await ended;
const cpu = cpuSeconds(before);
const { recordsOut } = job.metrics();
console.log(
  JSON.stringify({
    ...{
      query,
      events,
      cpuSeconds: cpu,
      wallSeconds: (performance.now() - startedMs) / 1000,
      rows: recordsOut,
    },
    peakMb: process.resourceUsage().maxRSS / 1024,
  }),
);
await run.close();
