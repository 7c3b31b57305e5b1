import { expect, it } from "vitest";
import type { Principal } from "../../../gateway/call.ts";
import { account, refusal, TestSts } from "../test-sts.ts";

const arn = `arn:aws:iam::${account}:user/jo`;
const principal: Principal = { arn, account, accessKeyId: "AKIA", kind: "user", userId: "AIDA" };

it("issues credentials for the calling user, for 12 hours or as asked", async () => {
  const sts = new TestSts();
  const { Credentials } = await sts.run("GetSessionToken", {}, { principal });
  expect(Credentials).toMatchObject({ SessionToken: "token 1" });
  await sts.run("GetSessionToken", { DurationSeconds: 129_600 }, { principal });
  expect(sts.issued.map(({ lifeMs }) => lifeMs)).toEqual([43_200_000, 129_600_000]);
  expect(sts.issued[0]?.principal).toEqual({
    ...{ arn, account, kind: "user", userId: "AIDA" },
    session: { issuedAtMs: sts.clock.now(), tags: {}, transitiveTagKeys: [] },
  });
});

it("gives a root an hour at most", async () => {
  const sts = new TestSts();
  await sts.run("GetSessionToken", {});
  await sts.run("GetSessionToken", { DurationSeconds: 900 });
  expect(sts.issued.map(({ lifeMs }) => lifeMs)).toEqual([3_600_000, 900_000]);
});

it("refuses sessions, devices, and what it does not have", async () => {
  const sts = new TestSts();
  const session = { issuedAtMs: 0, tags: {}, transitiveTagKeys: [] };
  expect(await refusal(sts.run("GetSessionToken", {}, { principal: { ...principal, session } }))).toBe(
    "AccessDenied: Cannot call GetSessionToken with session credentials",
  );
  expect(await refusal(sts.run("GetSessionToken", { TokenCode: "123456" }, { principal }))).toMatch(
    /^AccessDenied/,
  );
  expect(await refusal(sts.run("GetSessionToken", { MinimumSessionTokenSize: 9 }, { principal }))).toMatch(
    /^NotImplemented/,
  );
});
