import { bindOperations, type Service } from "../../gateway/service.ts";
import { operations } from "./operations.ts";
import { type LogsDependencies, LogsState } from "./state.ts";

/** Reads its state before it takes calls. */
export async function createLogs(dependencies: LogsDependencies): Promise<Service> {
  const state = new LogsState(dependencies);
  await state.load();
  return {
    id: "logs",
    ...bindOperations(state, operations),
    resourcePolicies: () => [],
    reset: () => state.reset(),
    close: () => state.close(),
  };
}
