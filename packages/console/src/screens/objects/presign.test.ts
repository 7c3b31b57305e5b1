import { expect, it } from "vitest";
import { trustedSession } from "../../api/session.ts";
import { presignedUrl } from "./presign.ts";

const input = {
  endpoint: "http://127.0.0.1:4566",
  session: { ...trustedSession("000000000000", "us-east-1"), secretAccessKey: "secret" },
  method: "GET",
  bucket: "lake",
  key: "a b/ü(1).csv",
  expiresSeconds: 900,
  at: new Date("2024-01-31T10:00:00Z"),
} as const;

it("signs what the address says", async () => {
  const url = new URL(await presignedUrl(input));
  expect(url.pathname).toBe("/lake/a%20b/%C3%BC%281%29.csv");
  expect(Object.fromEntries(url.searchParams)).toEqual({
    "X-Amz-Algorithm": "AWS4-HMAC-SHA256",
    "X-Amz-Content-Sha256": "UNSIGNED-PAYLOAD",
    "X-Amz-Credential": "000000000000/20240131/us-east-1/s3/aws4_request",
    "X-Amz-Date": "20240131T100000Z",
    "X-Amz-Expires": "900",
    "X-Amz-SignedHeaders": "host",
    "X-Amz-Signature": expect.stringMatching(/^[0-9a-f]{64}$/),
  });
});

it("names the version and the file", async () => {
  const url = new URL(await presignedUrl({ ...input, versionId: "v1", downloadAs: 'ü"1.csv' }));
  expect(url.searchParams.get("versionId")).toBe("v1");
  expect(url.searchParams.get("response-content-disposition")).toBe(
    `attachment; filename="__1.csv"; filename*=UTF-8''%C3%BC%221.csv`,
  );
});

it("signs another key, time or method otherwise", async () => {
  const signatureOf = async (changes: object): Promise<string | null> =>
    new URL(await presignedUrl({ ...input, ...changes })).searchParams.get("X-Amz-Signature");
  const signatures = await Promise.all(
    [{}, { key: "b" }, { method: "PUT" }, { expiresSeconds: 60 }, { versionId: "v" }].map(signatureOf),
  );
  expect(new Set(signatures).size).toBe(5);
});
