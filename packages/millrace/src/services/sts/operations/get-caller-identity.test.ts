import { expect, it } from "vitest";
import { account, TestSts } from "../test-sts.ts";

it("tells a root, a user and a session who they are, without asking leave", async () => {
  const sts = new TestSts();
  expect(await sts.run("GetCallerIdentity", {})).toEqual({
    UserId: account,
    Account: account,
    Arn: `arn:aws:iam::${account}:root`,
  });
  const arn = `arn:aws:sts::${account}:assumed-role/app/one`;
  const principal = { arn, account, accessKeyId: "ASIA", kind: "role" as const, userId: "AROA:one" };
  expect(await sts.run("GetCallerIdentity", {}, { principal })).toEqual({
    UserId: "AROA:one",
    Account: account,
    Arn: arn,
  });
  expect(sts.permissions("GetCallerIdentity", {})).toEqual([]);
});
