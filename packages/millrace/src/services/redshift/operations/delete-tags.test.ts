import { expect, it } from "vitest";
import { arnOf, codeOf, TestRedshift } from "../test-redshift.ts";

it("takes tags away; keys that are not there are passed over", async () => {
  await using redshift = await TestRedshift.start();
  await redshift.create("sales", { Tags: ["a", "b"].map((Key) => ({ Key, Value: "1" })) });
  await redshift.run("DeleteTags", { ResourceName: arnOf("cluster:sales"), TagKeys: ["a", "z"] });
  expect((await redshift.describe()).Tags).toEqual([{ Key: "b", Value: "1" }]);
  const unknown = { ResourceName: arnOf("cluster:none"), TagKeys: ["a"] };
  expect(await codeOf(redshift.run("DeleteTags", unknown))).toBe("ResourceNotFoundFault");
});
