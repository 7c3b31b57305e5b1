import { bindOperations, type Service } from "../../gateway/service.ts";
import { operations } from "./operations.ts";
import { type RedshiftDependencies, RedshiftState } from "./state.ts";

/** Amazon Redshift's control plane. Reads its state, and goes on with it, before it takes calls. */
export async function createRedshift(dependencies: RedshiftDependencies): Promise<Service> {
  const state = new RedshiftState(dependencies);
  await state.load();
  return {
    id: "redshift",
    ...bindOperations(state, operations),
    resourcePolicies: () => [],
    reset: () => state.reset(),
    close: () => state.close(),
  };
}
