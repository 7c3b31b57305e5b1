import { bindOperations, type Service } from "../../gateway/service.ts";
import { operations } from "./operations.ts";
import { type CloudwatchDependencies, CloudwatchState } from "./state.ts";

/** Reads its state before it takes calls. */
export async function createCloudwatch(dependencies: CloudwatchDependencies): Promise<Service> {
  const state = new CloudwatchState(dependencies);
  await state.load();
  return {
    id: "cloudwatch",
    ...bindOperations(state, operations),
    resourcePolicies: () => [],
    reset: () => state.reset(),
    close: () => state.close(),
  };
}
