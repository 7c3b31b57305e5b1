import { bindOperations, type Service } from "../../gateway/service.ts";
import { operations } from "./operations.ts";
import { type StsDependencies, StsState } from "./state.ts";

/** Reads its state before it takes calls. */
export async function createSts(dependencies: StsDependencies): Promise<Service> {
  const state = new StsState(dependencies);
  await state.load();
  return {
    id: "sts",
    ...bindOperations(state, operations),
    resourcePolicies: () => [],
    reset: () => state.reset(),
    close: () => state.close(),
  };
}
