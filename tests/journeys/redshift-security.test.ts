import { Client, type ClientConfig } from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { MillraceProcess } from "../fixtures/millrace-process.ts";

let millrace: MillraceProcess;

beforeAll(async () => {
  millrace = await MillraceProcess.start();
  await ask({ user: "awsuser" }, [
    `create user ann password 'Passw0rdA'`,
    `create user bob password 'Passw0rdB'`,
    "create role readers",
    "grant role readers to ann",
    "create schema sales",
    "create table sales.orders(id int, amount decimal(10,2), card varchar(20))",
    "insert into sales.orders values (1, 10.5, '4111'), (2, 20, '4222')",
  ]);
});

afterAll(() => millrace.dispose());

const ann = { user: "ann", password: "Passw0rdA" };
const bob = { user: "bob", password: "Passw0rdB" };
const awsuser = { user: "awsuser" };

/** The rows of the last statement, or SQLSTATE and message of what was refused. */
async function ask(config: ClientConfig, texts: string | readonly string[]): Promise<unknown> {
  const client = new Client({
    host: "127.0.0.1",
    port: millrace.sqlPort,
    database: "dev",
    password: "any",
    ...config,
  });
  client.on("error", () => undefined);
  try {
    await client.connect();
    let rows: unknown;
    for (const text of typeof texts === "string" ? [texts] : texts)
      rows = (await client.query({ text, rowMode: "array" })).rows;
    return rows;
  } catch (error) {
    const { code, message } = error as { code?: string; message: string };
    return `${code} ${message}`;
  } finally {
    await client.end().catch(() => undefined);
  }
}

describe("Redshift's privileges through a driver", () => {
  it("lets nobody in without the password", async () => {
    expect(await ask({ ...ann, password: "Passw0rdB" }, "select 1")).toMatch(/^28/);
    expect(await ask(ann, "select current_user")).toEqual([["ann"]]);
  });

  it("gives what was granted, by columns and roles, and takes it back", async () => {
    expect(await ask(ann, "select * from sales.orders")).toBe("42501 permission denied for schema sales");
    await ask(awsuser, [
      "grant usage on schema sales to role readers",
      "grant select (id, amount) on sales.orders to role readers",
    ]);
    expect(await ask(ann, "select id, amount from sales.orders order by id")).toEqual([
      [1, "10.50"],
      [2, "20.00"],
    ]);
    expect(await ask(ann, "select card from sales.orders")).toBe(
      "42501 permission denied for relation orders",
    );
    expect(
      await ask(
        ann,
        "select has_schema_privilege('sales', 'usage'), has_schema_privilege('sales', 'create')",
      ),
    ).toEqual([[true, false]]);
    expect(await ask(bob, "select id from sales.orders")).toBe("42501 permission denied for schema sales");
    await ask(awsuser, "revoke select on sales.orders from role readers");
    expect(await ask(ann, "select id from sales.orders")).toBe("42501 permission denied for relation orders");
  });

  it("asks for each run of a prepared statement, whoever changed what in between", async () => {
    await ask(awsuser, ["grant usage on schema sales to bob", "grant select on sales.orders to bob"]);
    const client = new Client({ host: "127.0.0.1", port: millrace.sqlPort, database: "dev", ...bob });
    await client.connect();
    const query = { name: "q", text: "select amount from sales.orders where id = $1", values: [2] };
    expect((await client.query(query)).rows).toEqual([{ amount: "20.00" }]);
    await ask(awsuser, "revoke select on sales.orders from bob");
    await expect(client.query(query)).rejects.toMatchObject({
      code: "42501",
      message: "permission denied for relation orders",
    });
    await ask(awsuser, "grant select on sales.orders to public");
    expect((await client.query(query)).rows).toEqual([{ amount: "20.00" }]);
    await client.end();
  });

  it("shows grants to who may see them", async () => {
    await ask(awsuser, "grant insert on sales.orders to ann");
    const grants =
      "select privilege_type from svv_relation_privileges where relation_name = 'orders' and identity_name = 'ann'";
    expect(await ask(awsuser, grants)).toEqual([["INSERT"]]);
    expect(await ask(ann, grants)).toEqual([["INSERT"]]);
    expect(await ask(bob, grants)).toEqual([]);
  });
});
