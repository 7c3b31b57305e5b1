export { Warehouse } from "./warehouse.ts";
export type { WarehouseOptions } from "./warehouse-options.ts";
export {
  type ClusterKey,
  type ClusterSettings,
  type ClusterShape,
  type ClusterSpec,
  type ClusterState,
  type ClusterStatus,
  type TemporaryLogin,
  type WarehousePort,
  WarehouseStateError,
} from "./warehouse-port.ts";
