import { bindOperations, type Service } from "../../gateway/service.ts";
import { operations } from "./operations.ts";
import { type RedshiftDataDependencies, RedshiftDataState } from "./state.ts";

export { redshiftDataSchema } from "./schema.ts";

/** Reads its state before it takes calls. */
export async function createRedshiftData(dependencies: RedshiftDataDependencies): Promise<Service> {
  const state = new RedshiftDataState(dependencies);
  await state.load();
  return {
    id: "redshift-data",
    ...bindOperations(state, operations),
    resourcePolicies: () => [],
    reset: () => state.reset(),
    close: () => state.close(),
  };
}
