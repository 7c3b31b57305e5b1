import { expect, it } from "vitest";
import { codeOf, TestKms } from "../test-kms.ts";

it("TagResource adds and replaces tags, fifty at the most", async () => {
  await using kms = await TestKms.start();
  const { KeyId } = await kms.key({ Tags: [{ TagKey: "a", TagValue: "1" }] });
  const tags = [
    { TagKey: "a", TagValue: "2" },
    { TagKey: "b", TagValue: "" },
  ];
  await kms.run("TagResource", { KeyId, Tags: tags });
  expect((await kms.run("ListResourceTags", { KeyId })).Tags).toEqual(tags);
  const many = Array.from({ length: 49 }, (_, at) => ({ TagKey: `k${at}`, TagValue: "" }));
  expect(await codeOf(kms.run("TagResource", { KeyId, Tags: many }))).toBe("ValidationException");
  const reserved = [{ TagKey: "AWS:x", TagValue: "" }];
  expect(await codeOf(kms.run("TagResource", { KeyId, Tags: reserved }))).toBe("TagException");
  await kms.run("ScheduleKeyDeletion", { KeyId });
  expect(await codeOf(kms.run("TagResource", { KeyId, Tags: tags }))).toBe("KMSInvalidStateException");
});
