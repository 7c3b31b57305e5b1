import { expect, it } from "vitest";
import { signedHeaders } from "./signature.ts";

// The figures are those of botocore's SigV4Auth for the same requests, key and time.
const emptyHash = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
const connection = {
  region: "us-east-1",
  credentials: { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY" },
};

it.each([
  [
    "requests?waitMs=0&after=3&resource=a%20b%2F*",
    "896315eb4cbeb9162f801e933357cf08e1d5dc715cb7f19578042b46cac7a5b5",
  ],
  ["streams/arn%3Aaws%3Akinesis/use", "e809c3683269a3d779fb560c107285da4fb2ca02833e31a3c00177201d7417c3"],
])("signs %s as version 4 says", (path, signature) => {
  const url = new URL(`http://127.0.0.1:4566/_millrace/${path}`);
  const headers = signedHeaders(connection, { method: "GET", url }, Date.UTC(2026, 0, 2, 3, 4, 5));
  const scope = "AKIDEXAMPLE/20260102/us-east-1/millrace/aws4_request";
  expect(headers).toEqual({
    "x-amz-content-sha256": emptyHash,
    "x-amz-date": "20260102T030405Z",
    authorization: `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host;x-amz-content-sha256;x-amz-date, Signature=${signature}`,
  });
});
