import { DuckDBInstance } from "@duckdb/node-api";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { catalogFunctionNames, catalogFunctionSql } from "./catalog-functions.ts";
import type { SystemView } from "./system-view.ts";
import { constraintOid } from "./tables/pg-constraint.ts";
import { alice, orders, users } from "./test-records.ts";
import { testView } from "./test-view.ts";

type Connection = Awaited<ReturnType<DuckDBInstance["connect"]>>;

describe("functions over the catalog", () => {
  let instance: DuckDBInstance;
  let connection: Connection;
  beforeAll(async () => {
    instance = await DuckDBInstance.create(":memory:", { threads: "1" });
    connection = await instance.connect();
  });
  afterAll(() => {
    connection.closeSync();
    instance.closeSync();
  });

  async function call(
    name: string,
    args: readonly string[],
    view: SystemView = testView(),
  ): Promise<unknown> {
    const sql = catalogFunctionSql(name, args, view);
    if (sql === undefined) throw new Error(`no function ${name}`);
    const answer = await connection.runAndReadAll(`SELECT ${sql}`);
    return answer.getRowsJson()[0]?.[0];
  }

  function asAlice(): SystemView {
    const { session } = testView();
    return testView({ session: { ...session, user: alice } });
  }

  it.each([
    ["pg_get_userbyid", ["100"], "awsuser"],
    ["pg_get_userbyid", ["7"], "unknown (UID=7)"],
    ["format_type", ["1043", "24"], "character varying(20)"],
    ["format_type", ["1700", "655366"], "numeric(10,2)"],
    ["format_type", ["23", "-1"], "integer"],
    ["format_type", ["1114", "NULL"], "timestamp without time zone"],
    ["format_type", ["99999", "-1"], "???"],
    ["format_type", ["NULL", "-1"], null],
    ["obj_description", [String(users.oid), "'pg_class'"], "people"],
    ["obj_description", [String(orders.oid)], null],
    ["col_description", [String(users.oid), "2"], "first and last"],
    ["pg_get_viewdef", ["100102"], " select name from users;"],
    ["pg_get_viewdef", ["'rich'"], " select name from users;"],
    ["pg_get_viewdef", ["100100"], null],
    ["pg_get_constraintdef", [String(constraintOid(users, 0))], "PRIMARY KEY (id)"],
    [
      "pg_get_constraintdef",
      [String(constraintOid(orders, 0))],
      "FOREIGN KEY (user_id) REFERENCES users(id)",
    ],
    ["pg_table_is_visible", [String(users.oid)], true],
    ["pg_table_is_visible", ["1259"], true],
    ["pg_table_is_visible", ["1"], false],
    ["pg_encoding_to_char", ["6"], "UTF8"],
    ["current_setting", ["'DateStyle'"], "ISO, MDY"],
    ["regclass_oid", ["'users'"], "100100"],
    ["regclass_oid", [`'"public"."users"'`], "100100"],
    ["regclass_oid", ["'dev.public.users'"], "100100"],
    ["regclass_oid", ["'pg_rewrite'"], "2618"],
    ["regclass_oid", ["'nothing'"], null],
    ["regclass_oid", ["100101"], "100101"],
    ["regclass_name", ["100101"], "orders"],
    ["regclass_name", ["1259"], "pg_class"],
    ["regclass_name", ["4711"], "4711"],
    ["regtype_oid", ["'pg_catalog.trigger'"], "2279"],
    ["regtype_oid", ["'character varying'"], "1043"],
    ["regtype_oid", ["23"], "23"],
    ["regtype_name", ["1043"], "character varying"],
    ["pg_get_indexdef", ["2501601600"], "CREATE UNIQUE INDEX users_pkey ON public.users USING btree (id)"],
    ["pg_get_function_result", ["100200"], "integer"],
    ["pg_get_function_arguments", ["100200"], "integer"],
    ["array_to_string", ["['a','b']", "'-'"], "a-b"],
  ])("%s(%s)", async (name, args, expected) => {
    expect(await call(name, args)).toEqual(expected);
  });

  it("answers privileges of the own and of other users", async () => {
    expect(await call("has_table_privilege", ["'orders'", "'select'"])).toBe(true);
    expect(await call("has_table_privilege", ["'alice'", "'users'", "'select'"])).toBe(true);
    // Roles have no grant options to pass on.
    expect(await call("has_table_privilege", ["'alice'", "'users'", "'SELECT WITH GRANT OPTION'"])).toBe(
      false,
    );
    expect(await call("has_table_privilege", ["'alice'", "'public.users'", "'insert'"])).toBe(false);
    expect(await call("has_table_privilege", [`${users.oid}`, "'select'"], asAlice())).toBe(true);
    expect(await call("has_table_privilege", [`'"public"."orders"'`, "'select'"], asAlice())).toBe(false);
    expect(await call("has_table_privilege", ["'nothing'", "'select'"])).toBe(null);
    expect(await call("has_schema_privilege", ["'public'", "'usage'"], asAlice())).toBe(true);
    expect(await call("has_schema_privilege", ["'spectrum'", "'create'"], asAlice())).toBe(false);
    expect(await call("has_database_privilege", ["'dev'", "'TEMPORARY'"], asAlice())).toBe(true);
    expect(await call("has_database_privilege", ["'dev'", "'create'"], asAlice())).toBe(false);
    expect(await call("has_function_privilege", ["100200", "'execute'"], asAlice())).toBe(true);
    expect(await call("user_is_member_of", ["'alice'", "'base'"])).toBe(true);
    expect(await call("role_is_member_of", ["'base'", "'reader'"])).toBe(false);
  });

  it("takes users from a column", async () => {
    const sql = catalogFunctionSql("has_table_privilege", ["u", "'users'", "'select'"], testView());
    const answer = await connection.runAndReadAll(
      `SELECT u, ${sql} FROM (VALUES ('alice'), ('awsuser')) x(u) ORDER BY u`,
    );
    expect(answer.getRowsJson()).toEqual([
      ["alice", true],
      ["awsuser", true],
    ]);
  });

  it("refuses users that there are not, and names its functions", () => {
    expect(() =>
      catalogFunctionSql("has_table_privilege", ["'x'", "'users'", "'select'"], testView()),
    ).toThrow('user "x" does not exist');
    expect(catalogFunctionSql("constructor", [], testView())).toBeUndefined();
    expect(catalogFunctionNames).toContain("pg_get_viewdef");
  });

  it("does not let names and texts break out of its SQL", async () => {
    const view = testView();
    const named = { ...users, comment: "it's", name: "o'clock" };
    const catalog = { ...view.catalog, relations: [named] };
    expect(await call("obj_description", [String(users.oid)], testView({ catalog }))).toBe("it's");
    expect(await call("regclass_oid", ["'o''clock'"], testView({ catalog }))).toBe("100100");
  });

  it("stands in the condition of an outer join", async () => {
    const sql = catalogFunctionSql("pg_get_userbyid", ["a.x"], testView());
    const answer = await connection.runAndReadAll(
      `SELECT a.x, b.y FROM (SELECT 100 x) a LEFT JOIN (SELECT 2 y) b ON ${sql} = 'awsuser'`,
    );
    expect(answer.getRowsJson()).toEqual([[100, 2]]);
  });
});
