import type { Service } from "../gateway/service.ts";
import { createRedshift } from "../services/redshift/index.ts";
import { openWarehouse } from "./open-warehouse.ts";
import type { ServiceContext } from "./service-context.ts";

/** Redshift's control plane on the warehouse, and on documents of its own below `<data>/redshift`. */
export async function startRedshift(context: ServiceContext): Promise<Service> {
  const { clock, log, tokens, configuration, directory, address } = context;
  const warehouse = await openWarehouse(context);
  const store = directory.store("redshift");
  const service = await createRedshift({
    ...{ clock, log, tokens, store, warehouse },
    endpoint(identifier) {
      const own = configuration.redshiftClusterPorts.find((entry) => entry.identifier === identifier);
      // Where SQL clients are not listened to, the cluster is there for the Data API alone.
      const { host, port } = address.sql() ?? { host: configuration.host, port: 5_439 };
      return { address: host, port: own?.port ?? port };
    },
    transitionMs: configuration.transitionMs,
  });
  return {
    ...service,
    async close() {
      await service.close();
      store.close();
    },
  };
}
