import { describe, expect, it } from "vitest";
import { GlueRunner } from "../test-glue.ts";

describe("GetTableVersions", () => {
  it("lists the newest first, a page at a time", async () => {
    await using glue = await GlueRunner.start();
    await glue.table("t");
    const TableInput = { Name: "t" };
    await glue.run("UpdateTable", { DatabaseName: "shop", TableInput });
    await glue.run("UpdateTable", { DatabaseName: "shop", TableInput, SkipArchive: true });
    await glue.run("UpdateTable", { DatabaseName: "shop", TableInput });
    const table = { DatabaseName: "shop", TableName: "t" };
    const first = await glue.run("GetTableVersions", { ...table, MaxResults: 2 });
    expect(first.TableVersions?.map(({ VersionId }) => VersionId)).toEqual(["3", "2"]);
    const last = await glue.run("GetTableVersions", { ...table, NextToken: first.NextToken });
    // Version 1 was not archived.
    expect(last).toMatchObject({ TableVersions: [{ VersionId: "0" }], NextToken: undefined });
  });
});
