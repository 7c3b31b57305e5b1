import { bindOperations, type Service } from "../../gateway/service.ts";
import type { FirehoseDependencies } from "./firehose-dependencies.ts";
import { operations } from "./operations.ts";
import { FirehoseState } from "./state.ts";

export type {
  FirehoseKeys,
  KeyGrantUse,
  Owner,
  SchemaTable,
  SchemaTables,
  SourceStreams,
} from "./dependencies.ts";
export { SchemaTableError } from "./dependencies.ts";
export { ownedKeyId } from "./encryption/encryption-key.ts";
export type { FirehoseDependencies } from "./firehose-dependencies.ts";
export { limits as firehoseLimits } from "./limits.ts";
export { FirehoseMeter } from "./meter.ts";
export { firehoseService } from "./s3/settings-check.ts";
export { type WarehouseCopy, WarehouseError, type WarehousePort } from "./warehouse-port.ts";

/** Amazon Data Firehose. Reads its state, and goes on delivering, before it takes calls. */
export async function createFirehose(dependencies: FirehoseDependencies): Promise<Service> {
  const state = new FirehoseState(dependencies);
  await state.load();
  return {
    id: "firehose",
    ...bindOperations(state, operations),
    resourcePolicies: () => [],
    reset: () => state.reset(),
    close: () => state.close(),
  };
}
