import { bindOperations, type Service } from "../../gateway/service.ts";
import type { KinesisDependencies } from "./dependencies.ts";
import { operations } from "./operations.ts";
import { KinesisState } from "./state.ts";
import { streamPolicies } from "./stream-policies.ts";

export { KinesisMeter } from "./meter.ts";

/** Amazon Kinesis Data Streams. Reads its state, and finishes what was under way, before it takes calls. */
export async function createKinesis(dependencies: KinesisDependencies): Promise<Service> {
  const state = new KinesisState(dependencies);
  await state.load();
  return {
    id: "kinesis",
    ...bindOperations(state, operations),
    resourcePolicies: (arn) => streamPolicies(state, arn),
    reset: () => state.reset(),
    close: () => state.streams.close(),
  };
}
