import { bindOperations, type Service } from "../../gateway/service.ts";
import { operations } from "./operations.ts";
import { type DynamodbDependencies, DynamodbState } from "./state.ts";
import { addressOfArn } from "./tables/table-lookup.ts";

export { ItemDatabase } from "./items/item-database.ts";

/** Amazon DynamoDB. Reads its state, and finishes what was under way, before it takes calls. */
export async function createDynamodb(dependencies: DynamodbDependencies): Promise<Service> {
  const state = new DynamodbState(dependencies);
  await state.load();
  return {
    id: "dynamodb",
    ...bindOperations(state, operations),
    resourcePolicies: (arn) => {
      const address = addressOfArn(arn);
      const policy = address && state.tables.get(address)?.document.policy;
      return policy === undefined ? [] : [policy.text];
    },
    reset: () => state.reset(),
    close: () => state.close(),
  };
}
