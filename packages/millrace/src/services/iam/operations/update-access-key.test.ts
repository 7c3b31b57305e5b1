import { expect, it } from "vitest";
import { refusal, TestIam } from "../test-iam.ts";

it("switches a key off and on", async () => {
  await using iam = new TestIam();
  await iam.user("jo");
  const { AccessKey } = await iam.run("CreateAccessKey", { UserName: "jo" });
  const AccessKeyId = AccessKey?.AccessKeyId;
  for (const Status of ["Inactive", "Active"] as const) {
    await iam.run("UpdateAccessKey", { UserName: "jo", AccessKeyId, Status });
    expect((await iam.run("ListAccessKeys", { UserName: "jo" })).AccessKeyMetadata).toMatchObject([
      { Status },
    ]);
  }
  const expired = iam.run("UpdateAccessKey", { UserName: "jo", AccessKeyId, Status: "Expired" });
  expect(await refusal(expired)).toMatch(/^ValidationError/);
});
