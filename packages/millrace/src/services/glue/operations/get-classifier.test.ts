import { describe, expect, it } from "vitest";
import { GlueRunner, refusalOf } from "../test-glue.ts";

describe("GetClassifier", () => {
  it("answers one, or that there is none", async () => {
    await using glue = await GlueRunner.start();
    await glue.run("CreateClassifier", { JsonClassifier: { Name: "j", JsonPath: "$.a" } });
    const { Classifier } = await glue.run("GetClassifier", { Name: "j" });
    expect(Classifier?.JsonClassifier).toMatchObject({ Name: "j", JsonPath: "$.a", Version: 1 });
    const missing = await refusalOf(glue.run("GetClassifier", { Name: "J" }));
    expect(missing).toContain("EntityNotFoundException");
    expect(missing).toContain("J");
    const elsewhere = glue.run("GetClassifier", { Name: "j" }, { region: "eu-west-1" });
    expect(await refusalOf(elsewhere)).toContain("EntityNotFoundException");
  });
});
