import { bindOperations, type Service } from "../../gateway/service.ts";
import { keyPolicies } from "./key-policies.ts";
import { operations } from "./operations.ts";
import type { KmsState } from "./state.ts";

export { ServiceKeys } from "./service-keys.ts";
export { KmsState } from "./state.ts";

/** AWS Key Management Service, on keys that other services use as well. */
export function createKms(state: KmsState): Service {
  return {
    id: "kms",
    ...bindOperations(state, operations),
    resourcePolicies: (arn) => keyPolicies(state, arn),
    reset: () => state.reset(),
    // The keys outlive the service: whoever opened them closes them.
    close: () => Promise.resolve(),
  };
}
