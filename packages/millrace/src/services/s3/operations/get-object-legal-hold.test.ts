import { expect, it } from "vitest";
import { codeOf, TestS3 } from "../test-s3.ts";

it("GetObjectLegalHold answers whether a version is held", async () => {
  await using s3 = await TestS3.start();
  await s3.bucket({ ObjectLockEnabledForBucket: true });
  const ContentMD5 = "mgNkuembtIDdJeHwKEyFVQ==";
  await s3.put("held", "content", { ObjectLockLegalHoldStatus: "ON", ContentMD5 });
  await s3.put("free");
  const get = (Key: string): Promise<object> => s3.run("GetObjectLegalHold", { Bucket: "data", Key });
  expect(await get("held")).toEqual({ LegalHold: { Status: "ON" } });
  expect(await get("free")).toEqual({ LegalHold: { Status: "OFF" } });
  expect(await codeOf(get("none"))).toBe("NoSuchKey");
});
