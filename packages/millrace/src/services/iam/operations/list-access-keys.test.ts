import { expect, it } from "vitest";
import { TestIam } from "../test-iam.ts";

it("lists a user's keys without their secrets", async () => {
  await using iam = new TestIam();
  await iam.user("jo");
  const { AccessKey } = await iam.run("CreateAccessKey", { UserName: "jo" });
  expect(await iam.run("ListAccessKeys", {}, iam.as("jo"))).toEqual({
    AccessKeyMetadata: [
      {
        UserName: "jo",
        AccessKeyId: AccessKey?.AccessKeyId,
        Status: "Active",
        CreateDate: new Date(iam.clock.now()),
      },
    ],
    IsTruncated: false,
  });
});
