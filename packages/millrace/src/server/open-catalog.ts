import { Catalog, catalogSchema } from "../kernels/catalog/index.ts";
import { openSqlFile } from "./open-metrics.ts";
import type { ServiceContext } from "./service-context.ts";

/** The data catalog in `<data>/glue`: Glue shows it, Firehose and queries read schemas from it. */
export function openCatalog(context: ServiceContext): Promise<Catalog> {
  return context.platform.part("catalog", async ({ onClose, onReset }) => {
    const { clock, log } = context;
    const file = openSqlFile(context, "glue", "catalog.sqlite", catalogSchema);
    const catalog = new Catalog({ file, clock, log });
    onClose(async () => {
      await catalog.close();
      file.close();
    });
    onReset(() => catalog.reset());
    return catalog;
  });
}
