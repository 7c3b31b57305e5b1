import { bindOperations, type Service } from "../../gateway/service.ts";
import { operations } from "./operations.ts";
import type { IamState } from "./state.ts";
import { trustPolicies } from "./trust-policies.ts";

/** AWS Identity and Access Management, on a state that others look into as well. */
export function createIam(state: IamState): Service {
  return {
    id: "iam",
    ...bindOperations(state, operations),
    resourcePolicies: (arn) => trustPolicies(state, arn),
    reset: () => state.reset(),
    close: () => state.close(),
  };
}
