import { describe, expect, test } from "vitest";
import { readClaim } from "./claim.ts";
import { ScopeReader } from "./scope.ts";

const credential = "AKID/20260101/us-east-1/kinesis/aws4_request";
const good = `AWS4-HMAC-SHA256 Credential=${credential}, SignedHeaders=host;x-amz-date, Signature=00`;
const date = { "x-amz-date": "20260101T000000Z" };
const presign = "X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKID%2F20260101%2Fr%2Fs3%2Faws4_request";
const rest = "&X-Amz-Date=20260101T000000Z&X-Amz-SignedHeaders=host&X-Amz-Signature=00";

describe("readClaim", () => {
  test("accepts the separators that clients use, and a Date header", () => {
    expect(readClaim({ authorization: good, ...date }, "")).toMatchObject({
      accessKeyId: "AKID",
      service: "kinesis",
    });
    const tight = good.replaceAll(", ", ",");
    const claim = readClaim({ authorization: tight, date: "Thu, 01 Jan 2026 00:00:00 GMT" }, "");
    expect(claim).toMatchObject({ timestamp: "20260101T000000Z", signedHeaders: ["host", "x-amz-date"] });
  });

  test.each([
    ["missing", {}, ""],
    ["incomplete", { authorization: "" }, ""],
    ["incomplete", { authorization: "Basic abc" }, ""],
    ["incomplete", { authorization: "AWS AKID:sig" }, ""],
    ["unsupported", { authorization: good.replace("AWS4-HMAC-SHA256", "AWS4-ECDSA-P256-SHA256") }, ""],
    ["incomplete", { authorization: good }, ""],
    ["incomplete", { authorization: "AWS4-HMAC-SHA256", ...date }, ""],
    ["incomplete", { authorization: good.replace("/aws4_request", ""), ...date }, ""],
    ["incomplete", { authorization: good.replace("AKID/", "AKID/x/"), ...date }, ""],
    ["incomplete", { authorization: good.replace("aws4_request", "aws5"), ...date }, ""],
    ["incomplete", { authorization: good.replace("20260101", "2026"), ...date }, ""],
    ["incomplete", { authorization: good, "x-amz-date": "20260102T000000Z" }, ""],
    ["incomplete", { authorization: good, "x-amz-date": "20260101T996199Z" }, ""],
    ["incomplete", { authorization: good, "x-amz-date": "now" }, ""],
    ["incomplete", { authorization: good.replace("host;", ""), ...date }, ""],
    ["incomplete", { authorization: good.replace("host", `host${";a".repeat(500)}`), ...date }, ""],
    ["invalidPresign", { authorization: good, ...date }, `${presign}${rest}`],
    ["invalidPresign", {}, presign],
    ["invalidPresign", {}, `${presign}${rest}&X-Amz-Expires=0`],
    ["invalidPresign", {}, `${presign}${rest}&X-Amz-Expires=604801`],
    ["invalidPresign", {}, `${presign}${rest}&X-Amz-Expires=-1`],
    ["invalidPresign", {}, `${presign}${rest}&X-Amz-Date=20260102T000000Z`],
    ["invalidPresign", {}, `${presign.replace("AKID%2F", "")}${rest}`],
    ["incomplete", {}, presign.replace("AWS4-HMAC-SHA256", "MD5")],
  ])("refuses as %s: %j %s", (kind, headers, query) => {
    expect(() => readClaim(headers, query)).toThrow(expect.objectContaining({ kind }));
  });

  test("does not repeat the signature in a message", () => {
    const secretish = `AWS4-HMAC-SHA256 SignedHeaders=host, Signature=${"ab".repeat(32)}`;
    expect(() => readClaim({ authorization: secretish, ...date }, "")).toThrow(
      expect.objectContaining({ message: "Authorization header requires 'Credential' parameter." }),
    );
  });
});

describe("ScopeReader", () => {
  const reader = new ScopeReader();

  test.each([
    [
      { authorization: good },
      "",
      { accessKeyId: "AKID", account: "000000000000", region: "us-east-1", service: "kinesis" },
    ],
    [
      { authorization: good.replace("AKID", "111122223333") },
      "",
      { account: "111122223333", accessKeyId: "111122223333" },
    ],
    [{}, presign, { accessKeyId: "AKID", region: "r", service: "s3" }],
    [{}, "", { accessKeyId: "", account: "000000000000", region: "us-east-1", service: undefined }],
    [{ authorization: "Credential=" }, "", { region: "us-east-1", service: undefined }],
    [{ authorization: "nonsense" }, "", { service: undefined }],
    [{ authorization: `Credential=${"a/".repeat(10_000)}` }, "", { service: undefined }],
  ])("%j %s", (headers, query, scope) => {
    expect(reader.read({ headers, query })).toMatchObject(scope);
  });

  test("stays right through more credentials than it keeps", () => {
    for (let i = 0; i < 5_000; i++) {
      const headers = { authorization: good.replace("AKID", `KEY${i}`) };
      expect(reader.read({ headers, query: "" }).accessKeyId).toBe(`KEY${i}`);
    }
  });
});
