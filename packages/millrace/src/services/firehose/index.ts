import { bindOperations, type Service } from "../../gateway/service.ts";
import { operations } from "./operations.ts";
import { type FirehoseDependencies, FirehoseState } from "./state.ts";

/** Reads its state before it takes calls. */
export async function createFirehose(dependencies: FirehoseDependencies): Promise<Service> {
  const state = new FirehoseState(dependencies);
  await state.load();
  return {
    id: "firehose",
    ...bindOperations(state, operations),
    resourcePolicies: () => [],
    reset: () => state.reset(),
    close: () => state.close(),
  };
}
