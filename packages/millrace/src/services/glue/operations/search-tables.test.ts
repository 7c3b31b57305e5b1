import type { SearchTablesRequest } from "@aws-sdk/client-glue";
import { describe, expect, it } from "vitest";
import { GlueRunner, refusalOf } from "../test-glue.ts";

describe("SearchTables", () => {
  async function filled(glue: GlueRunner): Promise<void> {
    await glue.run("CreateDatabase", { DatabaseInput: { Name: "other" } });
    for (const [DatabaseName, Name, classification] of [
      ["shop", "customer-link", "csv"],
      ["shop", "xxlinkyy", "json"],
      ["other", "xx-link-yy", "csv"],
    ] as const) {
      glue.clock.advance(1000);
      const TableInput = { Name, Owner: "ada", Parameters: { classification } };
      await glue.run("CreateTable", { DatabaseName, TableInput });
    }
  }
  const names = async (glue: GlueRunner, input: SearchTablesRequest) =>
    (await glue.run("SearchTables", input)).TableList?.map(({ Name }) => Name);

  it("finds text in all databases, whole values when it is quoted", async () => {
    await using glue = await GlueRunner.start();
    await filled(glue);
    expect(await names(glue, { SearchText: "LINK" })).toEqual(["customer-link", "xx-link-yy", "xxlinkyy"]);
    expect(await names(glue, { SearchText: '"xxlinkyy"' })).toEqual(["xxlinkyy"]);
    expect(await names(glue, { SearchText: '"link"' })).toEqual([]);
    expect(await names(glue, { ResourceShareType: "FOREIGN" })).toEqual([]);
  });

  it("filters by words of fields, by parameters and by times", async () => {
    await using glue = await GlueRunner.start();
    const startMs = glue.clock.now();
    await filled(glue);
    expect(await names(glue, { Filters: [{ Key: "Name", Value: "link" }] })).toEqual([
      "customer-link",
      "xx-link-yy",
    ]);
    const csv = { Key: "classification", Value: "csv" };
    expect(await names(glue, { Filters: [csv, { Key: "DatabaseName", Value: "shop" }] })).toEqual([
      "customer-link",
    ]);
    const Value = new Date(startMs + 2000).toISOString();
    expect(await names(glue, { Filters: [{ Key: "CreateTime", Value, Comparator: "LESS_THAN" }] })).toEqual([
      "customer-link",
    ]);
    const nonsense = glue.run("SearchTables", { Filters: [{ Key: "CreateTime", Value: "soon" }] });
    expect(await refusalOf(nonsense)).toMatch(/^InvalidInputException/);
  });

  it("sorts and pages", async () => {
    await using glue = await GlueRunner.start();
    await filled(glue);
    const input = { SortCriteria: [{ FieldName: "CreateTime", Sort: "DESC" as const }], MaxResults: 2 };
    const first = await glue.run("SearchTables", input);
    expect(first.TableList?.map(({ Name }) => Name)).toEqual(["xx-link-yy", "xxlinkyy"]);
    const last = await glue.run("SearchTables", { ...input, NextToken: first.NextToken });
    expect(last).toMatchObject({ TableList: [{ Name: "customer-link" }], NextToken: undefined });
    const unsortable = glue.run("SearchTables", { SortCriteria: [{ FieldName: "Nonsense" }] });
    expect(await refusalOf(unsortable)).toMatch(/^InvalidInputException/);
  });
});
