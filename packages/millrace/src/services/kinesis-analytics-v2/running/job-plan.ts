import type { Job } from "../../../kernels/streaming/engine-port.ts";

/** The plan in the form of Flink's REST API, as AWS gives it. */
export function jobPlanOf(job: Job): string {
  const nodes = job.graph().map(({ id, name, inputs }) => ({
    id: String(id),
    description: name,
    operator: "",
    inputs: inputs.map((input, num) => ({ num, id: String(input), ship_strategy: "FORWARD" })),
  }));
  return JSON.stringify({ jid: job.key, name: job.key, type: "STREAMING", nodes });
}
