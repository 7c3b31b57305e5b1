import { expect, it } from "vitest";
import { TestKms } from "../test-kms.ts";

it("UntagResource removes tags, and does not mind those that are not there", async () => {
  await using kms = await TestKms.start();
  const tag = { TagKey: "b", TagValue: "2" };
  const { KeyId } = await kms.key({ Tags: [{ TagKey: "a", TagValue: "1" }, tag] });
  await kms.run("UntagResource", { KeyId, TagKeys: ["a", "none"] });
  expect((await kms.run("ListResourceTags", { KeyId })).Tags).toEqual([tag]);
});
