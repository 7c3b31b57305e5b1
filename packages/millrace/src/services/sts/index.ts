import { bindOperations, type Service } from "../../gateway/service.ts";
import type { StsDependencies } from "./dependencies.ts";
import { operations } from "./operations.ts";
import { StsState } from "./state.ts";

export type { IdentityDirectory } from "./dependencies.ts";
export { fetchJson } from "./fetch-json.ts";

/** AWS Security Token Service. */
export function createSts(dependencies: StsDependencies): Service {
  const state = new StsState(dependencies);
  return {
    id: "sts",
    ...bindOperations(state, operations),
    resourcePolicies: () => [],
    reset: () => Promise.resolve(state.keySets.clear()),
    close: () => Promise.resolve(),
  };
}
