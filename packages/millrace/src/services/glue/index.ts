import { bindOperations, type Service } from "../../gateway/service.ts";
import { operations } from "./operations.ts";
import { type GlueDependencies, GlueState } from "./state.ts";

export type { PasswordKeys, PasswordKeyUse } from "./connections/password-keys.ts";

export { crawlSchema } from "./crawlers/crawl-table.ts";

/** Reads its state before it takes calls. */
export async function createGlue(dependencies: GlueDependencies): Promise<Service> {
  const state = new GlueState(dependencies);
  await state.load();
  return {
    id: "glue",
    ...bindOperations(state, operations),
    resourcePolicies: (arn) => state.policies.of(arn),
    reset: () => state.reset(),
    close: () => state.close(),
  };
}
