import { bindOperations, type Service } from "../../gateway/service.ts";
import { operations } from "./operations.ts";
import { type KmsDependencies, KmsState } from "./state.ts";

/** Reads its state before it takes calls. */
export async function createKms(dependencies: KmsDependencies): Promise<Service> {
  const state = new KmsState(dependencies);
  await state.load();
  return {
    id: "kms",
    ...bindOperations(state, operations),
    resourcePolicies: () => [],
    reset: () => state.reset(),
    close: () => state.close(),
  };
}
