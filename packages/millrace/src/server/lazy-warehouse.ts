import type { ClusterDirectory } from "../kernels/warehouse/cluster-port.ts";
import type { Warehouse } from "../kernels/warehouse/index.ts";
import { SqlError } from "../sql/sql-error.ts";
import type { ServiceContext } from "./service-context.ts";

/**
 * The clusters for the SQL listener, which is there before anybody needs them: their code is loaded then.
 * @param only the cluster whose port it is; another one that a client names is not there
 */
export function lazyWarehouse(context: ServiceContext, only?: string): ClusterDirectory {
  return {
    async find(request) {
      const { openWarehouse } = await import("./open-warehouse.ts");
      if (only !== undefined && request.cluster !== undefined && request.cluster !== only)
        throw new SqlError("3D000", `this port leads to cluster "${only}" and not to "${request.cluster}"`);
      return (await openWarehouse(context)).find({ ...request, cluster: only ?? request.cluster });
    },
    cancel: (processId, secretKey) =>
      context.platform.made<Warehouse>("warehouse")?.cancel(processId, secretKey),
  };
}
