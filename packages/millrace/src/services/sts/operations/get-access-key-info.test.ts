import { expect, it } from "vitest";
import { newAccessKeyId } from "../../../core/access-key-id.ts";
import { refusal, TestSts } from "../test-sts.ts";

it("reads the account out of the id", async () => {
  const sts = new TestSts();
  const AccessKeyId = newAccessKeyId("123456789012");
  expect(await sts.run("GetAccessKeyInfo", { AccessKeyId })).toEqual({ Account: "123456789012" });
  expect(await refusal(sts.run("GetAccessKeyInfo", { AccessKeyId: "nothing-that-is-one" }))).toMatch(
    /^ValidationError/,
  );
});
