import { expect, it } from "vitest";
import { signedHeaders } from "./signature.ts";

// The figures are those of botocore's SigV4Auth for the same request, key and time.
it("signs as version 4 says", () => {
  const connection = {
    region: "us-east-1",
    credentials: { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY" },
  };
  const url = new URL("http://127.0.0.1:4566/_millrace/requests?waitMs=0&after=3&resource=a%20b%2F*");
  const headers = signedHeaders(connection, { method: "GET", url }, Date.UTC(2026, 0, 2, 3, 4, 5));
  expect(headers).toEqual({
    "x-amz-content-sha256": "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "x-amz-date": "20260102T030405Z",
    authorization: expect.stringContaining(
      "Credential=AKIDEXAMPLE/20260102/us-east-1/millrace/aws4_request, SignedHeaders=host;x-amz-content-sha256;x-amz-date, Signature=896315eb4cbeb9162f801e933357cf08e1d5dc715cb7f19578042b46cac7a5b5",
    ),
  });
});
