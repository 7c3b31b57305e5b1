import { expect, it } from "vitest";
import { codeOf, errorOf, TestS3 } from "../test-s3.ts";

const dayMs = 86_400_000;
const restore = (s3: TestS3, RestoreRequest?: object, Key: string = "cold"): Promise<object> =>
  s3.run("RestoreObject", {
    Bucket: "data",
    Key,
    ...(RestoreRequest === undefined ? {} : { RestoreRequest }),
  });

it("RestoreObject makes an archived object readable for some days", async () => {
  await using s3 = await TestS3.start();
  await s3.bucket();
  await s3.put("cold", "content", { StorageClass: "GLACIER" });
  expect(await errorOf(s3.text("cold"))).toMatchObject({
    code: "InvalidObjectState",
    status: 403,
    members: { StorageClass: "GLACIER" },
  });
  s3.clock.advance(1000);
  expect(await restore(s3, { Days: 2, GlacierJobParameters: { Tier: "Bulk" } })).toEqual({ StatusCode: 202 });
  expect(await s3.text("cold")).toBe("content");
  const { Restore } = await s3.run("HeadObject", { Bucket: "data", Key: "cold" });
  expect(Restore).toBe('ongoing-request="false", expiry-date="Sun, 04 Jan 2026 00:00:00 GMT"');
  expect(await restore(s3, { Days: 1 })).toEqual({ StatusCode: 200 });
  s3.clock.advance(2 * dayMs);
  expect(await codeOf(s3.text("cold"))).toBe("InvalidObjectState");
  expect((await s3.run("HeadObject", { Bucket: "data", Key: "cold" })).Restore).toBeUndefined();
});

it("RestoreObject refuses what is not archived, and requests without days", async () => {
  await using s3 = await TestS3.start();
  await s3.bucket();
  await s3.put("cold", "", { StorageClass: "DEEP_ARCHIVE" });
  await s3.put("warm", "", { StorageClass: "GLACIER_IR" });
  expect(await codeOf(restore(s3, { Days: 1 }, "warm"))).toBe("InvalidObjectState");
  expect(await codeOf(restore(s3, { Days: 1 }, "none"))).toBe("NoSuchKey");
  for (const request of [undefined, {}, { Days: 0 }, { Days: 1.5 }])
    expect(await codeOf(restore(s3, request))).toBe("MalformedXML");
  expect(await codeOf(restore(s3, { Type: "SELECT", Days: 1 }))).toBe("NotImplemented");
});
