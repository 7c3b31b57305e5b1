import { join } from "node:path";
import type { Service } from "../gateway/service.ts";
import { createRedshiftData, redshiftDataSchema } from "../services/redshift-data/index.ts";
import { openSqlFile } from "./open-metrics.ts";
import { openWarehouse } from "./open-warehouse.ts";
import type { ServiceContext } from "./service-context.ts";

/** The Data API on the warehouse; its statements and results are below `<data>/redshift-data`. */
export async function startRedshiftData(context: ServiceContext): Promise<Service> {
  const { clock, log, tokens, directory } = context;
  const warehouse = await openWarehouse(context);
  const file = openSqlFile(context, "redshift-data", "statements.sqlite", redshiftDataSchema);
  const results = directory.isKept
    ? join(directory.folder("redshift-data"), "results")
    : directory.scratch("redshift-data");
  const service = await createRedshiftData({ clock, log, tokens, warehouse, file, directory: results });
  return {
    ...service,
    async close() {
      await service.close();
      file.close();
    },
  };
}
