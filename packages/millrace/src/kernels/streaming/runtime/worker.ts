import { parentPort, workerData } from "node:worker_threads";
import { nodeJobFiles } from "../checkpoint/node-job-files.ts";
import { noTransport } from "./exchange.ts";
import type { SubtaskAnswer, SubtaskRequest } from "./subtask-port.ts";
import { SubtaskSession } from "./subtask-session.ts";
import { ThreadExchange } from "./thread-exchange.ts";
import type { WorkerStart } from "./worker-messages.ts";

/** The thread of one subtask. */
const { start, peers } = workerData as WorkerStart;

/** Memory that nobody in this thread uses any more. */
function buffersOf(answer: SubtaskAnswer): ArrayBuffer[] {
  if (answer.kind !== "outcome") return [];
  const { sinks, figures } = answer.outcome;
  return [figures.buffer as ArrayBuffer, ...sinks.map(({ block }) => block.bytes.buffer)];
}

const session = new SubtaskSession({
  start,
  files: nodeJobFiles,
  transport: start.parallelism === 1 ? noTransport : new ThreadExchange(peers),
  answer: (answer) => parentPort?.postMessage(answer, buffersOf(answer)),
  cpuSeconds: () => {
    const { user, system } = process.threadCpuUsage();
    return (user + system) / 1e6;
  },
});

/**
 * A port hands out up to a thousand messages in one turn of the event loop, and while rounds come as fast as they are
 * worked that many would be: the writing of a checkpoint, which goes on between them, would wait that long each time.
 */
parentPort?.on("message", (request: SubtaskRequest) => setImmediate(() => session.handle(request)));
