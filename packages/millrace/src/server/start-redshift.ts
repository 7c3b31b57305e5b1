import { bindOperations, type Service } from "../gateway/service.ts";
import type { WarehousePort } from "../kernels/warehouse/warehouse-port.ts";
import { type ClusterEndpoint, createRedshift } from "../services/redshift/index.ts";
import type { ServiceContext } from "./service-context.ts";

interface OpenedWarehouse {
  readonly warehouse: WarehousePort;
  readonly endpoint: () => ClusterEndpoint;
}

/** Redshift's control plane on documents of its own below `<data>/redshift`. */
export async function startRedshift(context: ServiceContext): Promise<Service> {
  const { clock, log, tokens, configuration, directory, platform } = context;
  const opened = platform.made<OpenedWarehouse>("warehouse");
  if (opened === undefined) return withoutWarehouse();
  const store = directory.store("redshift");
  const service = await createRedshift({
    ...{ clock, log, tokens, store },
    ...opened,
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

/** Without a warehouse there is nothing to control: each operation answers that it is not there. */
function withoutWarehouse(): Service {
  return {
    id: "redshift",
    ...bindOperations(undefined, {}),
    resourcePolicies: () => [],
    reset: () => Promise.resolve(),
    close: () => Promise.resolve(),
  };
}
