import { bindOperations, type Service } from "../../gateway/service.ts";
import { operations } from "./operations.ts";
import { type KinesisAnalyticsV2Dependencies, KinesisAnalyticsV2State } from "./state.ts";

/** Reads its state before it takes calls. */
export async function createKinesisAnalyticsV2(
  dependencies: KinesisAnalyticsV2Dependencies,
): Promise<Service> {
  const state = new KinesisAnalyticsV2State(dependencies);
  await state.load();
  return {
    id: "kinesis-analytics-v2",
    ...bindOperations(state, operations),
    resourcePolicies: () => [],
    reset: () => state.reset(),
    close: () => state.close(),
  };
}
