import { Client, type ClientConfig } from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { MillraceProcess } from "../../fixtures/millrace-process.ts";

let millrace: MillraceProcess;
beforeAll(async () => {
  millrace = await MillraceProcess.start();
});
afterAll(() => millrace.dispose());

async function connected<T>(use: (client: Client) => Promise<T>, config: ClientConfig = {}): Promise<T> {
  const where = {
    host: "127.0.0.1",
    port: millrace.sqlPort,
    user: "awsuser",
    password: "any",
    database: "dev",
  };
  const client = new Client({ ...where, ...config });
  await client.connect();
  try {
    return await use(client);
  } finally {
    await client.end();
  }
}

/** A query of 10^n rows. */
function rows(powerOfTen: number): string {
  const digits = Array.from({ length: 10 }, (_, digit) => `select ${digit} as n`).join(" union all ");
  const names = Array.from({ length: powerOfTen }, (_, index) => `d${index}`);
  const value = names.map((name, index) => `${name}.n * ${10 ** index}`).join(" + ");
  return `with d as (${digits}) select ${value} as v from ${names.map((name) => `d ${name}`).join(", ")}`;
}

describe.each([{}, { ssl: { rejectUnauthorized: false } }])("node-postgres with %j", (config) => {
  it("prepares statements and binds parameters", async () => {
    const answers = await connected(async (client) => {
      const text = "select cast($1 as integer) + 1 as n, cast($2 as varchar) as t, cast($3 as boolean) as b";
      const found: unknown[] = [];
      for (const round of [1, 2, 3]) {
        const result = await client.query({ name: "kept", text, values: [round, "ä", round > 1] });
        found.push(...result.rows);
      }
      return found;
    }, config);
    expect(answers).toEqual([
      { n: 2, t: "ä", b: false },
      { n: 3, t: "ä", b: true },
      { n: 4, t: "ä", b: true },
    ]);
  });

  it("reads a hundred thousand rows", async () => {
    const sum = await connected(async (client) => {
      const { rows: all } = await client.query<{ v: number }>(rows(5));
      return all.reduce((total, row) => total + row.v, 0);
    }, config);
    expect(sum).toBe((99_999 * 100_000) / 2);
  });
});

describe("node-postgres", () => {
  it("knows errors by their codes, and its connection goes on", async () => {
    await connected(async (client) => {
      await expect(client.query("selec 1")).rejects.toMatchObject({ code: "42601", position: "1" });
      await expect(client.query("select x")).rejects.toMatchObject({ code: "42703" });
      await expect(client.query("select cast($1 as integer)", ["x"])).rejects.toMatchObject({
        code: "22P02",
      });
      expect((await client.query("select 1 as a")).rows).toEqual([{ a: 1 }]);
    });
  });

  it("cancels what runs too long", async () => {
    await connected(async (client) => {
      await client.query("set statement_timeout to 200");
      await expect(
        client.query(`select count(*) from (${rows(5)}) a, (${rows(5)}) b where (a.v + b.v) % 7 = 8`),
      ).rejects.toMatchObject({ code: "57014" });
      expect((await client.query("select 1 as a")).rows).toEqual([{ a: 1 }]);
    });
  });
});
