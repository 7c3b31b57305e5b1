import { parseArn } from "../../core/arn.ts";
import { bindOperations, type Service } from "../../gateway/service.ts";
import { operations } from "./operations.ts";
import type { LogsState } from "./state.ts";

export { logSchema } from "./schema.ts";
export { LogsState } from "./state.ts";

/** Amazon CloudWatch Logs on its state, which other services may write to before and after this is called. */
export function createLogs(state: LogsState): Service {
  return {
    id: "logs",
    ...bindOperations(state, operations),
    resourcePolicies: (text) => {
      const arn = parseArn(text);
      if (arn?.service !== "logs") return [];
      return state.policies.list(arn).map(({ document }) => document);
    },
    reset: () => state.reset(),
    // The state outlives the service, because other services write until they are closed themselves.
    close: () => Promise.resolve(),
  };
}
