import { bindOperations, type Service } from "../../gateway/service.ts";
import { operations } from "./operations.ts";
import type { CloudwatchState } from "./state.ts";

export { cloudwatchSchema } from "./schema.ts";
export { CloudwatchState } from "./state.ts";

/** Amazon CloudWatch on its state, which other services may publish to before and after this is called. */
export function createCloudwatch(state: CloudwatchState): Service {
  return {
    id: "cloudwatch",
    ...bindOperations(state, operations),
    resourcePolicies: () => [],
    reset: () => state.reset(),
    // The state outlives the service, because other services publish until they are closed themselves.
    close: () => state.aggregator.flush(),
  };
}
