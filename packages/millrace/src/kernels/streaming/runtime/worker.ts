import { parentPort } from "node:worker_threads";
import { nodeJobFiles } from "../checkpoint/node-job-files.ts";
import { noTransport } from "./exchange.ts";
import type { SubtaskAnswer, SubtaskRequest } from "./subtask-port.ts";
import { SubtaskSession } from "./subtask-session.ts";
import { ThreadExchange } from "./thread-exchange.ts";
import type { WorkerStart } from "./worker-messages.ts";

/** Memory that nobody in this thread uses any more. */
function buffersOf(answer: SubtaskAnswer): ArrayBuffer[] {
  if (answer.kind !== "outcome") return [];
  const { sinks, figures } = answer.outcome;
  return [figures.buffer as ArrayBuffer, ...sinks.map(({ block }) => block.bytes.buffer)];
}

function open({ start, peers }: WorkerStart): SubtaskSession {
  return new SubtaskSession({
    start,
    files: nodeJobFiles,
    transport: start.parallelism === 1 ? noTransport : new ThreadExchange(peers),
    answer: (answer) => parentPort?.postMessage(answer, buffersOf(answer)),
    cpuSeconds: () => {
      const { user, system } = process.threadCpuUsage();
      return (user + system) / 1e6;
    },
  });
}

// The thread of one subtask: the first message says which, the others are its requests.
parentPort?.once("message", (first: WorkerStart) => {
  const session = open(first);
  // A port hands out up to a thousand messages in one turn of the event loop. While rounds come as fast as they are
  // worked that many would be: the writing of a checkpoint, which goes on between them, would wait that long each time.
  parentPort?.on("message", (request: SubtaskRequest) => setImmediate(() => session.handle(request)));
});
