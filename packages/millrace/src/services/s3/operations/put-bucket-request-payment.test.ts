import { describe, expect, it } from "vitest";
import { codeOf, TestS3 } from "../test-s3.ts";

describe("PutBucketRequestPayment", () => {
  it("can be the owner and nobody else", async () => {
    await using s3 = await TestS3.start();
    const Bucket = await s3.bucket();
    const put = (Payer: string) =>
      s3.run("PutBucketRequestPayment", {
        Bucket,
        RequestPaymentConfiguration: { Payer: Payer as "Requester" },
      });
    await put("BucketOwner");
    expect(await codeOf(put("Requester"))).toBe("NotImplemented");
    expect(await codeOf(put("Nobody"))).toBe("MalformedXML");
  });

  it("needs a bucket that is there and belongs to whom it is expected to", async () => {
    await using s3 = await TestS3.start();
    expect(
      await codeOf(
        s3.run("PutBucketRequestPayment", {
          Bucket: "none",
          RequestPaymentConfiguration: { Payer: "BucketOwner" },
        }),
      ),
    ).toBe("NoSuchBucket");
    const Bucket = await s3.bucket();
    const call = s3.run("PutBucketRequestPayment", {
      Bucket,
      RequestPaymentConfiguration: { Payer: "BucketOwner" },
      ExpectedBucketOwner: "999999999999",
    });
    expect(await codeOf(call)).toBe("AccessDenied");
  });
});
