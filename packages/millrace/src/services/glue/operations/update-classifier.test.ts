import { describe, expect, it } from "vitest";
import { codeOf, GlueRunner } from "../test-glue.ts";

describe("UpdateClassifier", () => {
  it("changes what it names and keeps the rest, one version after the other", async () => {
    await using glue = await GlueRunner.start();
    const created = new Date(glue.clock.now());
    await glue.run("CreateClassifier", { CsvClassifier: { Name: "c", Delimiter: ";", QuoteSymbol: "'" } });
    glue.clock.advance(1_000);
    const change = (AllowSingleColumn: boolean) =>
      glue.run("UpdateClassifier", { CsvClassifier: { Name: "c", AllowSingleColumn, Header: ["x"] } });
    await Promise.all([change(false), change(true)]);
    const { Classifier } = await glue.run("GetClassifier", { Name: "c" });
    expect(Classifier?.CsvClassifier).toMatchObject({
      Delimiter: ";",
      QuoteSymbol: "'",
      AllowSingleColumn: true,
      Header: ["x"],
      CreationTime: created,
      LastUpdated: new Date(glue.clock.now()),
      Version: 3,
    });
  });

  it("changes each kind", async () => {
    await using glue = await GlueRunner.start();
    const grok = { Name: "g", Classification: "log", GrokPattern: "%{WORD:w}" };
    await glue.run("CreateClassifier", { GrokClassifier: grok });
    await glue.run("UpdateClassifier", { GrokClassifier: { Name: "g", GrokPattern: "%{INT:i}" } });
    await glue.run("CreateClassifier", { XMLClassifier: { Name: "x", Classification: "c" } });
    await glue.run("UpdateClassifier", { XMLClassifier: { Name: "x", RowTag: "row" } });
    await glue.run("CreateClassifier", { JsonClassifier: { Name: "j", JsonPath: "$" } });
    await glue.run("UpdateClassifier", { JsonClassifier: { Name: "j", JsonPath: "$.a" } });
    const { Classifiers } = await glue.run("GetClassifiers", {});
    expect(Classifiers).toMatchObject([
      { GrokClassifier: { Classification: "log", GrokPattern: "%{INT:i}", Version: 2 } },
      { JsonClassifier: { JsonPath: "$.a" } },
      { XMLClassifier: { Classification: "c", RowTag: "row" } },
    ]);
  });

  it("refuses another kind, what is not there, and a wrong combination", async () => {
    await using glue = await GlueRunner.start();
    await glue.run("CreateClassifier", { CsvClassifier: { Name: "c", QuoteSymbol: "|" } });
    const update = (input: Parameters<typeof glue.run<"UpdateClassifier">>[1]) =>
      codeOf(glue.run("UpdateClassifier", input));
    expect(await update({ JsonClassifier: { Name: "c", JsonPath: "$" } })).toBe("InvalidInputException");
    expect(await update({ JsonClassifier: { Name: "none", JsonPath: "$" } })).toBe("EntityNotFoundException");
    expect(await update({ CsvClassifier: { Name: "c", Delimiter: "|" } })).toBe("InvalidInputException");
    expect(await update({})).toBe("InvalidInputException");
    const { Classifier } = await glue.run("GetClassifier", { Name: "c" });
    expect(Classifier?.CsvClassifier?.Version).toBe(1);
  });
});
