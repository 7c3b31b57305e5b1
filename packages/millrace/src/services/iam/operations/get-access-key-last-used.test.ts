import { expect, it } from "vitest";
import { account, refusal, TestIam } from "../test-iam.ts";

it("tells when and for what a key was used", async () => {
  await using iam = new TestIam();
  await iam.user("jo");
  const { AccessKey } = await iam.run("CreateAccessKey", { UserName: "jo" });
  const AccessKeyId = AccessKey?.AccessKeyId ?? "";
  expect(await iam.run("GetAccessKeyLastUsed", { AccessKeyId })).toEqual({
    UserName: "jo",
    AccessKeyLastUsed: { ServiceName: "N/A", Region: "N/A" },
  });
  iam.state.keyUses.note(AccessKeyId, { atMs: iam.clock.now(), service: "s3", region: "eu-west-1" });
  expect((await iam.run("GetAccessKeyLastUsed", { AccessKeyId })).AccessKeyLastUsed).toEqual({
    ServiceName: "s3",
    Region: "eu-west-1",
    LastUsedDate: new Date(iam.clock.now()),
  });
  expect(await refusal(iam.run("GetAccessKeyLastUsed", { AccessKeyId: "AKIANOBODY000000" }))).toMatch(
    /^NoSuchEntity/,
  );
  expect(iam.permissions("GetAccessKeyLastUsed", { AccessKeyId })).toMatchObject([
    { resources: [`arn:aws:iam::${account}:user/jo`] },
  ]);
});
