import type { DatabaseEntry } from "../../../kernels/catalog/index.ts";
import { CatalogCrawl } from "./catalog-crawl.ts";
import type { CrawlContext } from "./crawl-context.ts";
import { JdbcCrawl } from "./jdbc-crawl.ts";
import { KnownTables } from "./known-tables.ts";
import { NewFolderCrawl } from "./new-folder-crawl.ts";
import { ObjectCrawl } from "./object-crawl.ts";
import { TableWriter } from "./table-writer.ts";

/** Where tables go when a crawler names no database. */
const defaultDatabase = "default";

/**
 * One crawl: looks into all targets first, and then writes what it found. A crawl that fails or is stopped
 * before that has changed nothing; one that ends while it writes leaves whole tables, of which some may lack
 * partitions, and the next crawl completes them.
 * @throws CrawlError, CrawlStopped
 */
export async function crawl(context: CrawlContext): Promise<void> {
  const { crawler, log } = context;
  log.write("BENCHMARK", `Running Start Crawl for Crawler ${crawler.name}`);
  const { CatalogTargets: tables = [] } = crawler.targets;
  if (tables.length > 0) await crawlTables(context, tables);
  else await crawlStores(context);
  log.write("BENCHMARK", "Finished writing to Catalog");
  if (context.report.unreadCount > 0)
    log.write("WARN", `${context.report.unreadCount} objects could not be described`);
  for (const line of context.report.lines()) log.write("INFO", line);
}

async function crawlTables(
  context: CrawlContext,
  tables: Parameters<CatalogCrawl["find"]>[0],
): Promise<void> {
  const work = new CatalogCrawl(context);
  await work.find(tables);
  context.log.write("BENCHMARK", "Classification complete, writing results to database");
  tellConfiguration(context);
  await work.write();
}

async function crawlStores(context: CrawlContext): Promise<void> {
  const { crawler, catalog, log } = context;
  const database = await databaseOf(context);
  const known = new KnownTables(catalog, database);
  const { S3Targets: objects = [], JdbcTargets: databases = [] } = crawler.targets;
  const onlyNew = crawler.recrawl === "CRAWL_NEW_FOLDERS_ONLY";
  const objectWork = onlyNew ? new NewFolderCrawl(context, known) : new ObjectCrawl(context);
  const jdbcWork = new JdbcCrawl(context);
  await objectWork.find(objects);
  await jdbcWork.find(databases);
  log.write("BENCHMARK", `Classification complete, writing results to database ${database.name}`);
  tellConfiguration(context);
  const writer = new TableWriter(context, database, known);
  writer.checkThreshold(objectWork.tables + jdbcWork.tables);
  await objectWork.write(database, writer, known);
  await jdbcWork.write(database, writer, known);
}

/** The database that the tables go to, which is made when it is not there. */
async function databaseOf(context: CrawlContext): Promise<DatabaseEntry> {
  const { catalog, crawler, log } = context;
  const scope = { catalogId: crawler.account, region: crawler.region };
  const name = (crawler.databaseName || defaultDatabase).toLowerCase();
  const found = catalog.databases.find(scope, name);
  if (found !== undefined) return found;
  const made = await catalog.databases.create(scope, name, {});
  log.write("INFO", `Created database ${name}`);
  return made;
}

function tellConfiguration({ crawler, log }: CrawlContext): void {
  const { updateBehavior: UpdateBehavior, deleteBehavior: DeleteBehavior } = crawler;
  const policy = `SchemaChangePolicy ${JSON.stringify({ UpdateBehavior, DeleteBehavior })}`;
  if (crawler.configuration === undefined) log.write("INFO", `Crawler configured with ${policy}.`);
  else
    log.write(
      "INFO",
      `Crawler configured with Configuration ${crawler.configuration} and ${policy}. Note that values in the Configuration override values in the SchemaChangePolicy for S3 Targets.`,
    );
}
