import type * as DuckDB from "@duckdb/node-api";
import type { Delete, Insert, Merge, Update } from "../ast/dml.ts";
import type { Query } from "../ast/query.ts";
import { engineMacros } from "../functions/engine-macros.ts";
import { registerEngineFunctions } from "../functions/register-engine-functions.ts";
import { parseExpression } from "../parser/expression.ts";
import { parseStatement } from "../parser/redshift-parser.ts";
import { TokenStream } from "../parser/token-stream.ts";
import { parseTypeName } from "../parser/type-name.ts";
import { engineType } from "../type-text.ts";
import type { SqlType } from "../types.ts";
import { bindStatement } from "./bind-statement.ts";
import type { BoundStatement, NameSpace, Relation, RelationColumn, UserFunction } from "./name-space.ts";

/** How a column of a test's table is declared: `int`, `varchar(10) not null`, `int default 5`, `bigint identity`. */
export type TableDefinition = Readonly<Record<string, string>>;

const duckdb: typeof DuckDB = await import("@duckdb/node-api");

/** Tables of Redshift on a real engine in memory, without the kernel: what the binder prints is run. */
export class TestEngine implements NameSpace {
  readonly database = "dev";
  readonly user = "awsuser";
  readonly currentSchema = "public";
  readonly settings: {
    enableCaseSensitiveIdentifier: boolean;
    enableCaseSensitiveSuperAttribute: boolean;
    dateStyle: string;
    timeZone: string;
    navigateSuperNullOnError: boolean;
    caseInsensitive: boolean;
  } = {
    enableCaseSensitiveIdentifier: false,
    enableCaseSensitiveSuperAttribute: false,
    dateStyle: "ISO, MDY",
    timeZone: "UTC",
    navigateSuperNullOnError: true,
    caseInsensitive: false,
  };
  readonly #relations = new Map<string, Relation>();
  readonly #functions: UserFunction[] = [];
  readonly #connection: DuckDB.DuckDBConnection;
  readonly #instance: DuckDB.DuckDBInstance;

  private constructor(instance: DuckDB.DuckDBInstance, connection: DuckDB.DuckDBConnection) {
    this.#instance = instance;
    this.#connection = connection;
  }

  static async open(): Promise<TestEngine> {
    const instance = await duckdb.DuckDBInstance.create(":memory:");
    const connection = await instance.connect();
    registerEngineFunctions(connection, duckdb);
    const settings = [
      "SET integer_division=true",
      "SET default_null_order='nulls_last_on_asc_first_on_desc'",
      "SET TimeZone='UTC'",
      "SET threads=1",
    ];
    for (const sql of [...settings, ...engineMacros]) await connection.run(sql);
    return new TestEngine(instance, connection);
  }

  close(): void {
    this.#connection.closeSync();
    this.#instance.closeSync();
  }

  async createTable(
    name: string,
    definition: TableDefinition,
    extra: Partial<Relation> = {},
  ): Promise<Relation> {
    const oid = 100_000 + this.#relations.size;
    const columns = Object.entries(definition).map(([column, text], index) =>
      columnOf(column, text, index, oid),
    );
    const sql = `"memory"."main"."t${oid}"`;
    if (columns.some((column) => column.identity !== undefined)) {
      await this.#connection.run(`CREATE SEQUENCE "memory"."main"."s${oid}"`);
    }
    const list = columns.map((column) => `"${column.engineName}" ${engineType(column.type)}`);
    await this.#connection.run(`CREATE TABLE ${sql} (${list.join(", ")})`);
    const relation: Relation = {
      oid,
      database: "dev",
      schema: "public",
      name,
      kind: "table",
      columns,
      source: { kind: "physical", sql },
      ...extra,
    };
    this.#relations.set(name, relation);
    return relation;
  }

  /** Puts another description in the place of the relation of its name. */
  setRelation(relation: Relation): void {
    this.#relations.set(relation.name, relation);
  }

  /** A view of its query's columns; `owner` is whose rights count inside. */
  createView(name: string, text: string, owner = "owner"): Relation {
    const query = parseStatement(text);
    if (query.kind !== "query") throw new Error("not a query");
    const relation: Relation = {
      oid: 100_000 + this.#relations.size,
      database: "dev",
      schema: "public",
      name,
      kind: "view",
      columns: [],
      source: {
        kind: "view",
        query,
        space: this.#spaceOf(owner),
      },
    };
    this.#relations.set(name, relation);
    return relation;
  }

  #spaceOf(user: string): NameSpace {
    const { database, currentSchema, settings } = this;
    return {
      ...{ database, currentSchema, settings, user },
      relation: (name) => this.relation(name),
      functions: (name) => this.functions(name),
    };
  }

  createFunction(name: string, parameters: readonly string[], returns: string, body: string): void {
    const query = parseStatement(body);
    if (query.kind !== "query") throw new Error("not a query");
    this.#functions.push({
      schema: "public",
      name,
      parameterTypes: parameters.map(typeOf),
      returnType: typeOf(returns),
      volatility: "immutable",
      oid: 200_000 + this.#functions.length,
      body: query,
    });
  }

  relation(name: Parameters<NameSpace["relation"]>[0]): Relation | undefined {
    const parts = name.parts.map((part) => part.name);
    const schema = parts.at(-2) ?? "public";
    return schema === "public" ? this.#relations.get(parts.at(-1) ?? "") : undefined;
  }

  functions(name: Parameters<NameSpace["functions"]>[0]): readonly UserFunction[] {
    return this.#functions.filter((one) => one.name === name.parts.at(-1)?.name);
  }

  bind(text: string, parameterTypes: readonly (SqlType | undefined)[] = []): BoundStatement {
    const ast = parseStatement(text) as Query | Insert | Update | Delete | Merge;
    const session = {
      value: (name: string) => (name === "current_user" ? "'awsuser'" : undefined),
      call: (name: string, args: readonly string[]) => `catalog_${name}(${args.join(", ")})`,
    };
    return bindStatement(ast, this, { parameterTypes, session, text });
  }

  /** The engine's SQL, where scans stand as tables of their own names. */
  print(text: string): string {
    return this.bind(text).sql((scan) => `scan_${scan.relation.name}`);
  }

  /** Rows as texts, which tell values of all types apart well enough. */
  async rows(
    text: string,
    parameters: readonly (string | null)[] = [],
  ): Promise<readonly (readonly (string | null)[])[]> {
    const statement = this.bind(text);
    const sql = statement.sql((scan) => `scan_${scan.relation.name}`);
    const reader = await this.#connection.runAndReadAll(sql, [...parameters]);
    return reader.getRows().map((row) => row.map((value) => (value === null ? null : textOf(value))));
  }

  /** The engine's types of a query's columns, and those that the binder says they have. */
  async types(
    text: string,
  ): Promise<{ readonly engine: readonly string[]; readonly bound: readonly string[] }> {
    const statement = this.bind(text);
    const reader = await this.#connection.runAndReadAll(statement.sql(() => ""));
    return {
      engine: reader.columnTypes().map(String),
      bound: statement.columns.map((column) => engineType(column.type)),
    };
  }

  /** Rows that a change of data changed. */
  async run(text: string): Promise<number> {
    const reader = await this.#connection.runAndReadAll(this.print(text));
    return Number(reader.getRows()[0]?.[0] ?? 0);
  }

  async engine(sql: string): Promise<readonly (readonly unknown[])[]> {
    return (await this.#connection.runAndReadAll(sql)).getRows();
  }
}

function textOf(value: DuckDB.DuckDBValue): string {
  return typeof value === "boolean" ? (value ? "t" : "f") : String(value);
}

function typeOf(text: string): SqlType {
  return parseTypeName(new TokenStream(text, {}));
}

function columnOf(name: string, text: string, index: number, oid: number): RelationColumn {
  const match = /^(.*?)( not null)?( identity)?(?: default (.*))?$/.exec(text);
  const identity = match?.[3] !== undefined;
  const defaultText = match?.[4];
  return {
    name,
    type: typeOf(match?.[1] ?? text),
    nullable: match?.[2] === undefined && !identity,
    attributeNumber: index + 1,
    autoIncrement: identity,
    engineName: `c${index + 1}`,
    default: defaultText === undefined ? undefined : parseExpression(new TokenStream(defaultText, {})),
    identity: identity ? { nextSql: `nextval('"memory"."main"."s${oid}"')`, always: true } : undefined,
  };
}
