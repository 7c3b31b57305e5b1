import { describe, expect, it } from "vitest";
import { codeOf, GlueRunner, refusalOf } from "../test-glue.ts";

const grok = { Name: "g", Classification: "log", GrokPattern: "%{WORD:w}", CustomPatterns: "A b" };

describe("CreateClassifier", () => {
  it("keeps what it is given, over a restart", async () => {
    await using glue = await GlueRunner.start({ onDisk: true });
    await glue.run("CreateClassifier", { GrokClassifier: grok });
    await glue.run("CreateClassifier", {
      XMLClassifier: { Name: "x", Classification: "books", RowTag: "b" },
    });
    await glue.run("CreateClassifier", { JsonClassifier: { Name: "j", JsonPath: "$[*]" } });
    await glue.run("CreateClassifier", {
      CsvClassifier: {
        Name: "c",
        Delimiter: "|",
        Header: ["a", "b"],
        ContainsHeader: "ABSENT",
        Serde: "OpenCSVSerDe",
      },
    });
    await glue.restart();
    const known = {
      CreationTime: new Date(glue.clock.now()),
      LastUpdated: new Date(glue.clock.now()),
      Version: 1,
    };
    const { Classifiers } = await glue.run("GetClassifiers", {});
    expect(Classifiers).toEqual([
      {
        CsvClassifier: {
          ...known,
          Name: "c",
          Delimiter: "|",
          Header: ["a", "b"],
          ContainsHeader: "ABSENT",
          DisableValueTrimming: true,
          AllowSingleColumn: false,
          Serde: "OpenCSVSerDe",
        },
      },
      { GrokClassifier: { ...known, ...grok } },
      { JsonClassifier: { ...known, Name: "j", JsonPath: "$[*]" } },
      { XMLClassifier: { ...known, Name: "x", Classification: "books", RowTag: "b" } },
    ]);
    expect(glue.state.classifiers.find({ account: "000000000000", region: "us-east-1" }, "j")).toEqual({
      kind: "json",
      name: "j",
      jsonPath: "$[*]",
    });
  });

  it("takes a name once, also of two calls at once, for each account and region", async () => {
    await using glue = await GlueRunner.start();
    const create = (region?: string) =>
      glue.run("CreateClassifier", { GrokClassifier: grok }, region === undefined ? {} : { region });
    const results = await Promise.allSettled([create(), create()]);
    expect(results.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    expect(await refusalOf(create())).toContain("AlreadyExistsException");
    await create("eu-west-1");
  });

  it("takes exactly one kind", async () => {
    await using glue = await GlueRunner.start();
    expect(await codeOf(glue.run("CreateClassifier", {}))).toBe("InvalidInputException");
    const JsonClassifier = { Name: "j", JsonPath: "$" };
    expect(await codeOf(glue.run("CreateClassifier", { GrokClassifier: grok, JsonClassifier }))).toBe(
      "InvalidInputException",
    );
  });

  it.each([
    { Delimiter: "|", QuoteSymbol: "|" },
    { Header: ["a", "A"] },
    { CustomDatatypes: ["INT", "UUID"] },
  ])("refuses a CSV classifier with %j", async (csv) => {
    await using glue = await GlueRunner.start();
    const created = glue.run("CreateClassifier", { CsvClassifier: { Name: "c", ...csv } });
    expect(await codeOf(created)).toBe("InvalidInputException");
  });
});
