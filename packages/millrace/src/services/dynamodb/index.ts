import { bindOperations, type Service } from "../../gateway/service.ts";
import { operations } from "./operations.ts";
import { type DynamodbDependencies, DynamodbState } from "./state.ts";

/** Reads its state before it takes calls. */
export async function createDynamodb(dependencies: DynamodbDependencies): Promise<Service> {
  const state = new DynamodbState(dependencies);
  await state.load();
  return {
    id: "dynamodb",
    ...bindOperations(state, operations),
    resourcePolicies: () => [],
    reset: () => state.reset(),
    close: () => state.close(),
  };
}
