import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { admin, codeOf, TestRedshiftData } from "../test-redshift-data.ts";

let data: TestRedshiftData;
beforeAll(async () => {
  data = await TestRedshiftData.start();
  await data.execute("create schema sales_a");
  await data.execute("create schema salesxb");
});
afterAll(() => data[Symbol.asyncDispose]());

describe("ListSchemas", () => {
  it("lists those of the database", async () => {
    const { Schemas } = await data.run("ListSchemas", admin);
    expect(Schemas).toEqual(
      expect.arrayContaining(["information_schema", "pg_catalog", "public", "sales_a", "salesxb"]),
    );
  });

  it("takes a pattern of LIKE", async () => {
    const schemas = async (SchemaPattern: string): Promise<unknown> =>
      (await data.run("ListSchemas", { ...admin, SchemaPattern })).Schemas;
    expect(await schemas("sales%")).toEqual(["sales_a", "salesxb"]);
    expect(await schemas("sales\\_%")).toEqual(["sales_a"]);
    expect(await schemas("sales'")).toEqual([]);
  });

  it("pages within the same list only", async () => {
    const input = { ...admin, SchemaPattern: "sales%", MaxResults: 1 };
    const { Schemas, NextToken } = await data.run("ListSchemas", input);
    expect(Schemas).toEqual(["sales_a"]);
    expect(await data.run("ListSchemas", { ...input, NextToken })).toEqual({
      Schemas: ["salesxb"],
      NextToken: undefined,
    });
    expect(await codeOf(data.run("ListSchemas", { ...admin, NextToken }))).toBe("ValidationException");
  });
});
