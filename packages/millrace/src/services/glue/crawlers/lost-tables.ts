import type { DatabaseEntry } from "../../../kernels/catalog/index.ts";
import type { CrawlContext } from "./crawl-context.ts";
import type { KnownTable, KnownTables } from "./known-tables.ts";
import type { TableWriter } from "./table-writer.ts";

interface LostTableOptions {
  readonly database: DatabaseEntry;
  readonly known: KnownTables;
  readonly writer: TableWriter;
  /** Whether a table should have been found by this crawl: it lies in its targets, and nothing is there. */
  readonly isLost: (table: KnownTable) => boolean;
}

/** Does to the crawler's tables whose data is gone what its policy says. */
export async function handleLostTables(context: CrawlContext, options: LostTableOptions): Promise<void> {
  const { crawler, catalog, log, report } = context;
  const { database, known, writer, isLost } = options;
  for (const candidate of [...known.all()]) {
    const { name, location } = candidate;
    if (candidate.crawler !== crawler.name || writer.isFound(location) || !isLost(candidate)) continue;
    const table = catalog.tables.find(database, name);
    if (table === undefined) continue;
    const what = "because a matching schema was not found at the table's location";
    if (crawler.deleteBehavior === "LOG")
      log.write("INFO", `Table ${name} is kept (DeleteBehavior LOG), ${what}.`);
    else if (crawler.deleteBehavior === "DEPRECATE_IN_DATABASE") {
      log.write("INFO", `Table ${name} is marked deprecated ${what}.`);
      await writer.deprecate(table);
    } else {
      await catalog.tables.delete(database, name);
      log.write("INFO", `Table ${name} is deleted from database ${database.name} ${what}.`);
      report.add("TABLE", "DELETE", name);
    }
  }
}
