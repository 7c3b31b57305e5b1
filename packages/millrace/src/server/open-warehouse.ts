import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Warehouse } from "../kernels/warehouse/index.ts";
import { linksFolder, openWarehouseObjects } from "./open-warehouse-objects.ts";
import type { ServiceContext } from "./service-context.ts";
import { openWarehouseCatalog } from "./warehouse-catalog.ts";

/** Clusters of Redshift below `<data>/warehouse`; a Millrace that keeps nothing has them in a temporary directory. */
export function openWarehouse(context: ServiceContext): Promise<Warehouse> {
  return context.platform.part("warehouse", async ({ onClose, onReset }) => {
    const { Warehouse } = await import("../kernels/warehouse/index.ts");
    const { clock, log, directory } = context;
    const { isKept } = directory;
    const dir = isKept ? directory.folder("warehouse") : mkdtempSync(join(tmpdir(), "millrace-warehouse-"));
    if (!isKept) onClose(() => rmSync(dir, { recursive: true, force: true }));
    const warehouse = new Warehouse({
      ...{ dir, clock, log },
      memoryLimitBytes: context.configuration.redshiftMemoryBytes,
      durability: isKept ? "full" : "memory",
      objects: openWarehouseObjects(context),
      dataCatalog: openWarehouseCatalog(context),
      readableDirectories: [linksFolder(context)],
    });
    onClose(() => warehouse.close());
    onReset(async () => {
      for (const { key } of warehouse.list()) await warehouse.remove(key);
      await addDefaultCluster(context, warehouse);
    });
    await addDefaultCluster(context, warehouse);
    return warehouse;
  });
}

/** Where callers are trusted, a cluster is there from the beginning, and takes any password. */
async function addDefaultCluster({ configuration }: ServiceContext, warehouse: Warehouse): Promise<void> {
  if (configuration.auth !== "trust" || warehouse.list().length > 0) return;
  await warehouse.create(
    { account: configuration.account, region: "us-east-1", identifier: "millrace" },
    {
      shape: { nodeType: "ra3.xlplus", nodes: 2 },
      database: "dev",
      masterUser: "awsuser",
      masterPassword: undefined,
      settings: {
        parameters: {},
        roles: [],
        defaultRole: `arn:aws:iam::${configuration.account}:role/millrace`,
        admittedRanges: undefined,
        requireTls: false,
        enhancedVpcRouting: false,
      },
    },
  );
}
