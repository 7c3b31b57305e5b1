import { describe, expect, it } from "vitest";
import { parseStatement } from "../../../../sql/redshift/parser/redshift-parser.ts";
import { showKinds } from "../../statements/show-kinds.ts";
import type { StatementContext } from "../../statements/statement-context.ts";
import type { SystemView } from "../system-view.ts";
import { alice, orders, users } from "../test-records.ts";
import { testView } from "../test-view.ts";
import { likePattern } from "./show-command.ts";

type AnyKind = {
  columns?(ast: unknown, context: unknown): Promise<readonly { readonly name: string }[] | undefined>;
  run(ast: unknown, context: unknown, parameters: readonly (string | null)[]): Promise<unknown>;
};

interface Answer {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly (string | null)[])[];
}

async function show(
  text: string,
  parameters: readonly (string | null)[] = [],
  view: SystemView = testView(),
): Promise<Answer> {
  const ast = parseStatement(text, { caseSensitiveIdentifiers: false });
  const kind = (showKinds as Readonly<Record<string, AnyKind>>)[ast.kind];
  if (kind === undefined) throw new Error(`no executor of ${ast.kind}`);
  const context = { systemView: view } as unknown as StatementContext;
  const columns = (await kind.columns?.(ast, context)) ?? [];
  const result = (await kind.run(ast, context, parameters)) as {
    batches: AsyncIterable<{ rows: Answer["rows"] }>;
  };
  const rows: (readonly (string | null)[])[] = [];
  for await (const batch of result.batches) rows.push(...batch.rows);
  return { columns: columns.map((column) => column.name), rows };
}

function asAlice(): SystemView {
  return testView({ session: { ...testView().session, user: alice } });
}

describe("SHOW of objects", () => {
  it("lists databases, with LIKE and LIMIT", async () => {
    const all = await show("SHOW DATABASES");
    expect(all.columns.slice(0, 4)).toEqual([
      "database_name",
      "database_owner",
      "database_type",
      "database_acl",
    ]);
    expect(all.rows.map(([name]) => name)).toEqual(["dev", "other"]);
    expect((await show("SHOW DATABASES LIKE 'de_'")).rows.map(([name]) => name)).toEqual(["dev"]);
    expect((await show("SHOW DATABASES LIMIT 1")).rows).toHaveLength(1);
    expect((await show("SHOW DATABASES LIMIT 0")).rows).toEqual([]);
    await expect(show("SHOW DATABASES LIMIT 10001")).rejects.toMatchObject({ sqlState: "22023" });
  });

  it("lists schemas as the drivers ask", async () => {
    const { columns, rows } = await show("SHOW SCHEMAS FROM DATABASE dev;");
    expect(columns).toEqual([
      "database_name",
      "schema_name",
      "schema_owner",
      "schema_type",
      "schema_acl",
      "source_database",
      "schema_option",
    ]);
    expect(rows.map(([, name]) => name)).toEqual(["pg_catalog", "information_schema", "public", "spectrum"]);
    expect((await show("SHOW SCHEMAS FROM DATABASE $1 LIKE $2", ["dev", "pub%"])).rows[0]?.[1]).toBe(
      "public",
    );
    expect((await show("SHOW SCHEMAS FROM DATABASE other LIKE 'public'")).rows).toHaveLength(1);
    await expect(show("SHOW SCHEMAS FROM DATABASE nope")).rejects.toMatchObject({
      sqlState: "3D000",
      message: 'database "nope" does not exist',
    });
    await expect(show("SHOW SCHEMAS FROM DATABASE $1", [null])).rejects.toMatchObject({ sqlState: "22023" });
  });

  it("lists tables of all kinds in AWS's columns", async () => {
    const { columns, rows } = await show("SHOW TABLES FROM SCHEMA dev.public");
    expect(columns).toEqual([
      "database_name",
      "schema_name",
      "table_name",
      "table_type",
      "table_acl",
      "remarks",
      "owner",
      "last_altered_time",
      "last_modified_time",
      "dist_style",
      "table_subtype",
    ]);
    expect(rows.map((row) => [row[2], row[3], row[9], row[10]])).toEqual([
      ["users", "TABLE", "KEY(id)", "REGULAR TABLE"],
      ["orders", "TABLE", "EVEN", "REGULAR TABLE"],
      ["rich", "VIEW", null, "REGULAR VIEW"],
      ["late", "VIEW", null, "LATE BINDING VIEW"],
      ["totals", "VIEW", "AUTO(ALL)", "MATERIALIZED VIEW"],
    ]);
    expect(rows[0]?.[4]).toBe("awsuser=arwdRxtD/awsuser~role reader=r*/awsuser");
    expect(rows[0]?.[5]).toBe("people");
    expect(rows[0]?.[7]).toBe("2026-01-02 03:03:55.678");
    expect((await show("SHOW TABLES FROM SCHEMA $1.$2 LIKE $3", ["dev", "public", "us%"])).rows).toHaveLength(
      1,
    );
    expect((await show("SHOW TABLES FROM SCHEMA spectrum")).rows[0]?.[3]).toBe("EXTERNAL TABLE");
    expect((await show("SHOW TABLES FROM SCHEMA dev.pg_catalog LIKE 'pg_class'")).rows).toHaveLength(1);
    expect((await show("SHOW TABLES FROM SCHEMA other.public")).rows).toEqual([]);
    await expect(show("SHOW TABLES FROM SCHEMA dev.nope")).rejects.toMatchObject({ sqlState: "3F000" });
  });

  it("shows users only what they may see", async () => {
    const { rows } = await show("SHOW TABLES FROM SCHEMA dev.public", [], asAlice());
    expect(rows.map((row) => row[2])).toEqual(["users", "orders"]);
  });

  it("lists columns, of late-binding views and external tables too", async () => {
    const { columns, rows } = await show("SHOW COLUMNS FROM TABLE dev.public.users");
    expect(columns).toHaveLength(17);
    expect(rows.map((row) => row.slice(3, 12))).toEqual([
      ["id", "1", `"identity"(100100, 0, '1,2'::text)`, "NO", "integer", null, "32", "0", null],
      ["name", "2", null, "YES", "character varying", "30", null, null, "first and last"],
      ["country", "3", "'CH'::bpchar", "YES", "character", "2", null, null, null],
    ]);
    expect(rows.map((row) => row.slice(12))).toEqual([
      ["COMPOUND", "1", "1", "az64", null],
      [null, null, null, "lzo", null],
      ["COMPOUND", "2", null, "none", null],
    ]);
    expect((await show("SHOW COLUMNS FROM TABLE late LIKE 'n%'")).rows.map((row) => row[3])).toEqual([
      "name",
    ]);
    expect((await show("SHOW COLUMNS FROM TABLE spectrum.events")).rows.map((row) => row[3])).toEqual([
      "id",
      "day",
    ]);
    expect((await show("SHOW COLUMNS FROM TABLE dev.pg_catalog.pg_group")).rows.map((row) => row[3])).toEqual(
      ["groname", "grosysid", "grolist"],
    );
    await expect(show("SHOW COLUMNS FROM TABLE dev.public.nope")).rejects.toMatchObject({
      sqlState: "42P01",
    });
  });

  it("lists keys", async () => {
    const own = await show("SHOW CONSTRAINTS PRIMARY KEYS FROM TABLE dev.public.users");
    expect(own.columns).toEqual([
      "database_name",
      "schema_name",
      "table_name",
      "pk_name",
      "column_name",
      "key_seq",
    ]);
    expect(own.rows).toEqual([["dev", "public", "users", "users_pkey", "id", "1"]]);
    const foreign = await show("SHOW CONSTRAINTS FOREIGN KEYS FROM TABLE public.orders");
    const exported = await show("SHOW CONSTRAINTS FOREIGN KEYS EXPORTED FROM TABLE public.users");
    expect(foreign.rows).toEqual(exported.rows);
    expect(foreign.rows[0]?.slice(0, 11)).toEqual([
      ...["dev", "public", "users", "id", "dev", "public", "orders", "user_id"],
      ...["1", "orders_user_id_fkey", "users_pkey"],
    ]);
    expect((await show("SHOW CONSTRAINTS FOREIGN KEYS FROM TABLE public.users")).rows).toEqual([]);
  });

  it("lists grants on objects, on columns and of somebody", async () => {
    const table = await show("SHOW GRANTS ON TABLE dev.public.users");
    expect(table.rows).toEqual([
      ["dev", "public", "users", "TABLE", "SELECT", "1001", "reader", "role", "t", "TABLE", "awsuser"],
    ]);
    expect((await show("SHOW GRANTS ON DATABASE dev")).rows[0]?.[4]).toBe("TEMP");
    expect((await show("SHOW GRANTS ON SCHEMA public FOR PUBLIC")).rows.map((row) => row[4])).toEqual([
      "USAGE",
      "CREATE",
    ]);
    expect((await show("SHOW GRANTS ON FUNCTION public.plus_one(integer)")).rows[0]?.[4]).toBe("EXECUTE");
    expect((await show("SHOW GRANTS FOR ROLE reader")).rows.map((row) => row[2])).toEqual(["users"]);
    const columns = await show("SHOW COLUMN GRANTS ON TABLE public.orders");
    expect(columns.rows.map((row) => [row[3], row[5], row[7], row[8]])).toEqual([
      ["amount", "SELECT", "alice", "user"],
    ]);
    await expect(show("SHOW GRANTS FOR awsuser", [], asAlice())).rejects.toMatchObject({ sqlState: "42501" });
    await expect(show("SHOW GRANTS FOR nobody")).rejects.toMatchObject({ sqlState: "42704" });
  });

  it("lists functions and their parameters", async () => {
    const functions = await show("SHOW FUNCTIONS FROM SCHEMA dev.public LIKE 'plus%'");
    expect(functions.rows).toEqual([["dev", "public", "plus_one", "1", "integer", "integer", null]]);
    expect((await show("SHOW PROCEDURES FROM SCHEMA dev.public")).rows).toEqual([]);
    const parameters = await show("SHOW PARAMETERS OF FUNCTION dev.public.plus_one(integer)");
    expect(parameters.rows.map((row) => [row[4], row[5], row[6]])).toEqual([
      ["0", "RETURN", "integer"],
      ["1", "IN", "integer"],
    ]);
    expect(
      (await show("SHOW PARAMETERS OF FUNCTION $1.$2.$3($4)", ["dev", "public", "plus_one", "integer"])).rows,
    ).toHaveLength(2);
    await expect(show("SHOW PARAMETERS OF FUNCTION dev.public.plus_one(date)")).rejects.toMatchObject({
      sqlState: "42883",
    });
  });

  it("prints the statements that make tables and views anew", async () => {
    expect((await show("SHOW TABLE users")).rows[0]?.[0]).toBe(`CREATE TABLE public.users (
    id integer NOT NULL identity(1,2) ENCODE az64 distkey,
    name character varying(30) ENCODE lzo,
    country character(2) DEFAULT 'CH'::bpchar ENCODE raw,
    PRIMARY KEY (id)
)
DISTSTYLE KEY
SORTKEY ( id, country );`);
    expect((await show("SHOW TABLE public.orders")).rows[0]?.[0]).toMatch(
      /FOREIGN KEY \(user_id\) REFERENCES users\(id\)\n\)\nDISTSTYLE EVEN\nINTERLEAVED SORTKEY \( id, user_id \);$/,
    );
    expect((await show("SHOW VIEW rich")).rows).toEqual([["select name from users;"]]);
    expect((await show("SHOW VIEW late")).rows[0]?.[0]).toMatch(/with no schema binding;$/);
    expect((await show("SHOW VIEW totals")).rows[0]?.[0]).toMatch(/^create materialized view totals as/);
    await expect(show("SHOW VIEW users")).rejects.toMatchObject({ sqlState: "42809" });
    await expect(show("SHOW TABLE rich")).rejects.toMatchObject({ sqlState: "42809" });
    const external = (await show("SHOW EXTERNAL TABLE spectrum.events PARTITION")).rows[0]?.[0];
    expect(external).toContain(
      "CREATE EXTERNAL TABLE spectrum.events (\n    id bigint\n)\nPARTITIONED BY (\n    day string\n)",
    );
    expect(external).toContain("ADD IF NOT EXISTS PARTITION (day='2026-01-01') LOCATION");
  });

  it("makes statements that the parser reads", async () => {
    for (const table of [users, orders]) {
      const text = (await show(`SHOW TABLE ${table.name}`)).rows[0]?.[0] ?? "";
      expect(parseStatement(text, { caseSensitiveIdentifiers: false }).kind).toBe("create-table");
    }
    const external = (await show("SHOW EXTERNAL TABLE spectrum.events")).rows[0]?.[0] ?? "";
    expect(parseStatement(external, { caseSensitiveIdentifiers: false }).kind).toBe("create-external-table");
  });
});

describe("LIKE", () => {
  it.each([
    ["a%", "abc", true],
    ["a_c", "abc", true],
    ["a_c", "aC", false],
    ["A%", "abc", false],
    ["a\\_c", "a_c", true],
    ["a\\_c", "abc", false],
    ["a.c", "abc", false],
    ["%", "", true],
    ["(", "(", true],
    ["a\\", "a\\", true],
  ])("%s of %s: %s", (pattern, text, expected) => {
    expect(likePattern(pattern).test(text)).toBe(expected);
  });
});
