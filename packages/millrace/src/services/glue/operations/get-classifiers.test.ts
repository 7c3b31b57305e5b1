import { describe, expect, it } from "vitest";
import { codeOf, GlueRunner } from "../test-glue.ts";

describe("GetClassifiers", () => {
  it("answers all, page by page, by name", async () => {
    await using glue = await GlueRunner.start();
    for (const Name of ["c", "a", "b"]) {
      await glue.run("CreateClassifier", { JsonClassifier: { Name, JsonPath: "$" } });
    }
    const first = await glue.run("GetClassifiers", { MaxResults: 2 });
    expect(first.Classifiers?.map(({ JsonClassifier }) => JsonClassifier?.Name)).toEqual(["a", "b"]);
    const NextToken = first.NextToken ?? "";
    const second = await glue.run("GetClassifiers", { MaxResults: 2, NextToken });
    expect(second.Classifiers?.map(({ JsonClassifier }) => JsonClassifier?.Name)).toEqual(["c"]);
    expect(second.NextToken).toBeUndefined();
    expect(await codeOf(glue.run("GetClassifiers", { NextToken: "x" }))).toBe("InvalidInputException");
    expect((await glue.run("GetClassifiers", {}, { region: "eu-west-1" })).Classifiers).toEqual([]);
  });
});
