import { describe, expect, it } from "vitest";
import { codeOf, GlueRunner } from "../test-glue.ts";

describe("DeleteClassifier", () => {
  it("deletes one, for good, and says that there is none", async () => {
    await using glue = await GlueRunner.start({ onDisk: true });
    await glue.run("CreateClassifier", { JsonClassifier: { Name: "j", JsonPath: "$" } });
    const remove = () => glue.run("DeleteClassifier", { Name: "j" });
    const results = await Promise.allSettled([remove(), remove()]);
    expect(results.map(({ status }) => status)).toEqual(["fulfilled", "rejected"]);
    await glue.restart();
    expect(await codeOf(remove())).toBe("EntityNotFoundException");
    expect((await glue.run("GetClassifiers", {})).Classifiers).toEqual([]);
  });
});
