import { SqlError } from "../../sql-error.ts";
import type { QualifiedName } from "../ast/name.ts";
import type { CatalogObject, CatalogTable, CatalogView, ObjectPath } from "../catalog/catalog-object.ts";
import type { ExternalTable } from "../catalog/catalog-port.ts";
import { Catalogs } from "../catalog/catalogs.ts";
import type { ScalarFunction } from "../functions/scalar-function.ts";
import type { Relation } from "../relation.ts";
import { invalid, proposal } from "./bind-error.ts";
import type { BindOptions, BoundFunction } from "./bound-program.ts";
import { renamed } from "./build.ts";
import { ExpressionKeys } from "./expression-key.ts";
import { fromStored } from "./external-table.ts";
import type { TableChecks } from "./finish-table.ts";
import { queryBinder } from "./query.ts";
import { SettingValues } from "./settings.ts";
import type { NamedRelation, StatementContext } from "./statement-context.ts";

/** Views over views. */
const maxViewDepth = 100;

/** A function that a program made. */
export interface ProgramFunction {
  readonly definition: BoundFunction;
  readonly scalar: ScalarFunction;
}

/** What the statements of a program know of each other: catalogs, views, functions, settings. */
export class ProgramSession {
  readonly options: BindOptions;
  readonly catalogs: Catalogs;
  readonly settings: SettingValues;
  readonly functions: Map<string, ProgramFunction> = new Map<string, ProgramFunction>();
  readonly warnings: string[] = [];
  /** Between BEGIN STATEMENT SET and END. */
  isInStatementSet = false;
  insertCount = 0;
  readonly #keys = new ExpressionKeys();
  readonly #scans = new WeakMap<CatalogTable, Map<string, Relation>>();
  readonly #views = new WeakMap<CatalogView, { readonly version: number; readonly relation: Relation }>();
  #viewDepth = 0;

  constructor(options: BindOptions) {
    this.options = options;
    this.settings = new SettingValues(options.settings);
    this.catalogs = new Catalogs((path, table) => this.#fromStored(path, table));
  }

  /** For the names of one statement. */
  context(text: string): StatementContext {
    return {
      text,
      table: (name, options) => this.#table(name, options),
      function: (name) => this.functions.get(name)?.scalar,
      functionNames: () => [...this.functions.keys()],
      keys: this.#keys,
      spans: new WeakMap(),
      windowColumns: new WeakMap(),
      queries: queryBinder,
    };
  }

  checks(text: string): TableChecks {
    return { statement: this.context(text), connectors: this.options.connectors };
  }

  path(name: QualifiedName): ObjectPath {
    if (name.parts.length > 3) {
      throw invalid(`the name '${dotted(name)}' has more than three parts`, name.span.start, "42602");
    }
    return this.catalogs.path(name.parts.map((part) => part.name));
  }

  /** @throws SqlError when there is none */
  object(name: QualifiedName): CatalogObject {
    const object = this.catalogs.find(this.path(name));
    if (object === undefined) throw this.unknown(name);
    return object;
  }

  unknown(name: QualifiedName): SqlError {
    const [catalog, database, table] = this.path(name);
    const isThere = this.catalogs.hasDatabase(catalog, database);
    const near = isThere ? proposal(table, this.catalogs.objectNames(catalog, database)) : "";
    const where = isThere ? "" : `: there is no database '${catalog}.${database}'`;
    return invalid(`object '${dotted(name)}' not found${near}${where}`, name.span.start, "42P01");
  }

  #fromStored(path: ObjectPath, table: ExternalTable): CatalogTable {
    try {
      return fromStored(path, table, this.checks(""));
    } catch (error) {
      throw withoutPosition(error, `table '${path.join(".")}'`);
    }
  }

  #table(name: QualifiedName, options: Readonly<Record<string, string>>): NamedRelation {
    const path = this.path(name);
    const object = this.object(name);
    if (object.kind === "table") return { relation: this.scan(object, options, name), path };
    if (Object.keys(options).length > 0) {
      throw invalid("the hint OPTIONS is for tables, not for views", name.span.start);
    }
    return { relation: this.#view(object), path };
  }

  /** The table as it is read; the same relation for the same options. */
  scan(table: CatalogTable, hints: Readonly<Record<string, string>>, name: QualifiedName): Relation {
    const known = this.#scans.get(table) ?? new Map<string, Relation>();
    this.#scans.set(table, known);
    const key = JSON.stringify(Object.entries(hints).sort());
    const before = known.get(key);
    if (before !== undefined) return before;
    const definition = { ...table.definition, options: { ...table.definition.options, ...hints } };
    if (definition.options["connector"] === undefined) {
      throw invalid(
        `the options of table '${definition.path.join(".")}' do not contain the option 'connector'`,
        name.span.start,
      );
    }
    const fields = definition.columns.map((column) => column.field);
    const relation: Relation = { kind: "scan", table: definition, fields };
    known.set(key, relation);
    return relation;
  }

  /** A view's query in the place where it was made, again when something has changed since. */
  #view(view: CatalogView): Relation {
    const { version } = this.catalogs;
    const known = this.#views.get(view);
    if (known?.version === version) return known.relation;
    if (this.#viewDepth >= maxViewDepth) {
      throw invalid(`more than ${maxViewDepth} views over each other`, undefined, "54001");
    }
    this.#viewDepth += 1;
    try {
      const relation = this.bindView(view);
      this.#views.set(view, { version, relation });
      return relation;
    } catch (error) {
      throw withoutPosition(error, `view '${view.path.join(".")}'`);
    } finally {
      this.#viewDepth -= 1;
    }
  }

  /** @throws SqlError with a position in the statement that made the view */
  bindView(view: CatalogView): Relation {
    const { currentCatalog, currentDatabase } = this.catalogs;
    this.catalogs.currentCatalog = view.catalog;
    this.catalogs.currentDatabase = view.database;
    try {
      const statement = this.context(view.statementText);
      const relation = queryBinder.bind(view.query, { statement, tables: [], outer: undefined, depth: 0 });
      if (view.columns.length === 0) return relation;
      if (view.columns.length !== relation.fields.length) {
        throw invalid(
          `the view has ${view.columns.length} column name(s), but its query has ${relation.fields.length} column(s)`,
          view.query.span.start,
          "42601",
        );
      }
      return renamed(relation, view.columns);
    } finally {
      this.catalogs.currentCatalog = currentCatalog;
      this.catalogs.currentDatabase = currentDatabase;
    }
  }
}

export function dotted(name: QualifiedName): string {
  return name.parts.map((part) => part.name).join(".");
}

/** What is wrong inside of something that was made before: its position means nothing here. */
function withoutPosition(error: unknown, what: string): unknown {
  if (!(error instanceof SqlError)) return error;
  return new SqlError(error.sqlState, `${what}: ${error.message}`, { cause: error });
}
