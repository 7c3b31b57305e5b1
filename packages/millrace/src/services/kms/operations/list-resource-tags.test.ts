import { expect, it } from "vitest";
import { codeOf, TestKms } from "../test-kms.ts";

it("ListResourceTags pages by key", async () => {
  await using kms = await TestKms.start();
  const Tags = ["c", "a", "b"].map((TagKey) => ({ TagKey, TagValue: TagKey }));
  const { KeyId } = await kms.key({ Tags });
  const first = await kms.run("ListResourceTags", { KeyId, Limit: 2 });
  expect(first.Tags?.map(({ TagKey }) => TagKey)).toEqual(["a", "b"]);
  const second = await kms.run("ListResourceTags", { KeyId, Limit: 2, Marker: first.NextMarker });
  expect(second).toEqual({ Tags: [{ TagKey: "c", TagValue: "c" }], Truncated: false });
  expect(await codeOf(kms.run("ListResourceTags", { KeyId: "alias/x" }))).toBe("NotFoundException");
});
