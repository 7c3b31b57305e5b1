import type { ClusterDirectory } from "../kernels/warehouse/cluster-port.ts";
import type { Warehouse } from "../kernels/warehouse/index.ts";
import type { ServiceContext } from "./service-context.ts";

/** The clusters for the SQL listener, which is there before anybody needs them: their code is loaded then. */
export function lazyWarehouse(context: ServiceContext): ClusterDirectory {
  return {
    async find(request) {
      const { openWarehouse } = await import("./open-warehouse.ts");
      return (await openWarehouse(context)).find(request);
    },
    cancel: (processId, secretKey) =>
      context.platform.made<Warehouse>("warehouse")?.cancel(processId, secretKey),
  };
}
