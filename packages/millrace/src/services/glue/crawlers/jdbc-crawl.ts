import { messageOf } from "../../../core/errors.ts";
import type { Column, DatabaseEntry, TableDefinition } from "../../../kernels/catalog/index.ts";
import type { Properties } from "../connections/connection-document.ts";
import type { DatabaseLogin } from "../connections/database-client.ts";
import { type JdbcTarget as JdbcPlace, parseJdbcUrl } from "../connections/jdbc-url.ts";
import { type CrawlContext, CrawlError } from "./crawl-context.ts";
import type { Targets } from "./crawler-document.ts";
import type { DatabaseSource, SourceColumn, SourceTable } from "./databases/database-source.ts";
import { MysqlSource } from "./databases/mysql-source.ts";
import { PostgresSource } from "./databases/postgres-source.ts";
import { GlobPattern } from "./glob-pattern.ts";
import { type JdbcPath, likeMatcher, parseJdbcPath } from "./jdbc-path.ts";
import type { KnownTable, KnownTables } from "./known-tables.ts";
import { handleLostTables } from "./lost-tables.ts";
import { crawlerParameter } from "./table-definition.ts";
import type { TableWriter } from "./table-writer.ts";

type Target = NonNullable<Targets["JdbcTargets"]>[number];

/** A table that was found: what it is called after, and what it is. */
interface FoundTable {
  readonly source: string;
  readonly definition: TableDefinition;
}

/** Crawls the tables of PostgreSQL and MySQL databases over connections of Glue. */
export class JdbcCrawl {
  readonly #context: CrawlContext;
  readonly #found: FoundTable[] = [];
  /** What the locations of tables in a database begin with, and all tables that it has, included or not. */
  readonly #databases = new Map<string, Set<string>>();

  constructor(context: CrawlContext) {
    this.#context = context;
  }

  async find(targets: readonly Target[]): Promise<void> {
    for (const target of targets) await this.#findIn(target);
  }

  get tables(): number {
    return this.#found.length;
  }

  async write(database: DatabaseEntry, writer: TableWriter, known: KnownTables): Promise<void> {
    for (const { source, definition } of this.#found) await writer.write(source, definition);
    const isLost = ({ location }: KnownTable): boolean =>
      [...this.#databases].some(([start, tables]) => location.startsWith(start) && !tables.has(location));
    await handleLostTables(this.#context, { database, writer, known, isLost });
  }

  async #findIn(target: Target): Promise<void> {
    const { ConnectionName: name = "", Path: text = "" } = target;
    const path = parseJdbcPath(text);
    if (path === undefined) throw new CrawlError(`${text} is no path in a database.`);
    const source = await this.#connect(name, path.database);
    try {
      const tables = await source.tables();
      const chosen = tables.filter(
        (table) => isIncluded(table, path) && !isExcluded(table, target.Exclusions),
      );
      for (const table of chosen) this.#found.push(this.#described(table, source, path.database, target));
      const locations = tables.map((table) => partsOf(table, path.database).join("."));
      this.#databases.set(`${path.database}.`, new Set(locations));
      const { log } = this.#context;
      log.write("INFO", `Found ${chosen.length} tables in ${text} over connection ${name}`);
    } catch (error) {
      throw new CrawlError(`${text} could not be read over connection ${name}: ${messageOf(error)}`);
    } finally {
      await source.close();
    }
  }

  async #connect(name: string, database: string): Promise<DatabaseSource> {
    const { connections, crawler } = this.#context;
    try {
      const { properties } = await connections.usable(crawler, name);
      const place = parseJdbcUrl(properties["JDBC_CONNECTION_URL"] ?? "");
      if (place === undefined) throw new CrawlError("only PostgreSQL and MySQL can be crawled");
      if (properties["SECRET_ID"] !== undefined)
        throw new CrawlError("Millrace does not have Secrets Manager");
      const login = loginOf(properties, place, database);
      return place.engine === "mysql"
        ? await MysqlSource.connect(login)
        : await PostgresSource.connect(login);
    } catch (error) {
      throw new CrawlError(`Connection ${name} could not be used: ${messageOf(error)}`);
    }
  }

  #described(table: SourceTable, source: DatabaseSource, database: string, target: Target): FoundTable {
    const extra = new Set(target.EnableAdditionalMetadata ?? []);
    const path = partsOf(table, database);
    const parameters = {
      CrawlerSchemaSerializerVersion: "1.0",
      CrawlerSchemaDeserializerVersion: "1.0",
      [crawlerParameter]: this.#context.crawler.name,
      classification: source.engine,
      compressionType: "none",
      connectionName: target.ConnectionName ?? "",
      typeOfData: table.isView ? "view" : "table",
    };
    const columns = table.columns.map((column) => columnOf(column, extra));
    return {
      source: path.join("_"),
      definition: {
        ...(extra.has("COMMENTS") && table.comment !== undefined ? { Description: table.comment } : {}),
        Owner: "owner",
        Retention: 0,
        StorageDescriptor: {
          Columns: columns,
          Location: path.join("."),
          Compressed: false,
          NumberOfBuckets: -1,
          SerdeInfo: { Parameters: {} },
          BucketColumns: [],
          SortColumns: [],
          Parameters: parameters,
          StoredAsSubDirectories: false,
        },
        PartitionKeys: [],
        TableType: "EXTERNAL_TABLE",
        Parameters: parameters,
      },
    };
  }
}

function partsOf({ schema, name }: SourceTable, database: string): readonly string[] {
  return [database, schema, name].filter((part) => part !== undefined);
}

function loginOf(properties: Properties, { host, port }: JdbcPlace, database: string): DatabaseLogin {
  const { USERNAME: user = "", PASSWORD: password = "", JDBC_ENFORCE_SSL: secure = "" } = properties;
  return { host, port, database, user, password, secure: /^true$/i.test(secure) };
}

function columnOf({ name, type, rawType, comment }: SourceColumn, extra: ReadonlySet<string>): Column {
  return {
    Name: name.toLowerCase(),
    Type: type,
    ...(extra.has("COMMENTS") && comment !== undefined ? { Comment: comment } : {}),
    ...(extra.has("RAWTYPES") ? { Parameters: { RAWTYPE: rawType } } : {}),
  };
}

/** Where there are schemas, `database/x` names the schema; otherwise a table. */
function isIncluded(table: SourceTable, path: JdbcPath): boolean {
  if (table.schema === undefined) return likeMatcher(path.table)(table.name);
  const [schema, name] = path.schema === undefined ? [path.table, "%"] : [path.schema, path.table];
  return likeMatcher(schema)(table.schema) && likeMatcher(name)(table.name);
}

function isExcluded({ schema, name }: SourceTable, exclusions: readonly string[] | undefined): boolean {
  const names = schema === undefined ? [name] : [name, `${schema}/${name}`];
  return (exclusions ?? []).some((pattern) => {
    const glob = new GlobPattern(pattern);
    return names.some((text) => glob.matches(text));
  });
}
