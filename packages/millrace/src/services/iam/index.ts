import { bindOperations, type Service } from "../../gateway/service.ts";
import { operations } from "./operations.ts";
import { type IamDependencies, IamState } from "./state.ts";

/** Reads its state before it takes calls. */
export async function createIam(dependencies: IamDependencies): Promise<Service> {
  const state = new IamState(dependencies);
  await state.load();
  return {
    id: "iam",
    ...bindOperations(state, operations),
    resourcePolicies: () => [],
    reset: () => state.reset(),
    close: () => state.close(),
  };
}
