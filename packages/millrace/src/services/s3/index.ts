import { bindOperations, type Service } from "../../gateway/service.ts";
import { operations } from "./operations.ts";
import { type S3Dependencies, S3State } from "./state.ts";

/** Reads its state before it takes calls. */
export async function createS3(dependencies: S3Dependencies): Promise<Service> {
  const state = new S3State(dependencies);
  await state.load();
  return {
    id: "s3",
    ...bindOperations(state, operations),
    resourcePolicies: () => [],
    reset: () => state.reset(),
    close: () => state.close(),
  };
}
