import { bindOperations, type Service } from "../../gateway/service.ts";
import { operations } from "./operations.ts";
import type { FirehoseState } from "./state.ts";

export { deliveryPlaces, schemaTableOf } from "./delivery-places.ts";
export type { DeliveryStream } from "./delivery-stream.ts";
export type { PastDelivery, PastFailure } from "./delivery-traffic.ts";
export type {
  FirehoseKeys,
  KeyGrantUse,
  Owner,
  SchemaTable,
  SchemaTables,
  SourceStreams,
} from "./dependencies.ts";
export { SchemaTableError } from "./dependencies.ts";
export { DirectIntake } from "./direct-intake.ts";
export { ownedKeyId } from "./encryption/encryption-key.ts";
export { limits as firehoseLimits } from "./limits.ts";
export { FirehoseMeter } from "./meter.ts";
export { firehoseService } from "./s3/settings-check.ts";
export { FirehoseState } from "./state.ts";
export { type WarehouseCopy, WarehouseError, type WarehousePort } from "./warehouse-port.ts";

/** Amazon Data Firehose, on delivery streams that are loaded. */
export function createFirehose(state: FirehoseState): Service {
  return {
    id: "firehose",
    ...bindOperations(state, operations),
    resourcePolicies: () => [],
    reset: () => state.reset(),
    close: () => state.close(),
  };
}
