import { beforeEach, describe, expect, test } from "vitest";
import { type CalledOperation, TrustingAuthenticator, VerifyingAuthenticator } from "./authenticate.ts";
import type { Principal } from "./call.ts";
import type { HttpRequest } from "./http.ts";
import { ModelLibrary } from "./model/model-library.ts";
import { ScopeReader } from "./sigv4/scope.ts";
import { Verifier } from "./sigv4/verifier.ts";

const models = new ModelLibrary();
const called = (id: string, operation: string): CalledOperation => ({ model: models.model(id), operation });
const account = "000000000000";

function request(changes: Partial<HttpRequest> = {}): HttpRequest {
  return {
    ...{ method: "GET", target: "/", path: "/", query: "", headers: {}, body: Buffer.alloc(0) },
    ...{ httpVersion: "1.1", secure: false },
    ...changes,
  };
}

const signedBy = (accessKeyId: string, more: Record<string, string> = {}): HttpRequest =>
  request({
    headers: {
      authorization: `AWS4-HMAC-SHA256 Credential=${accessKeyId}/20260101/eu-west-1/s3/aws4_request`,
      ...more,
    },
  });

describe("in trust mode", () => {
  const user: Principal = {
    arn: `arn:aws:iam::${account}:user/jo`,
    account,
    accessKeyId: "AKIAJO",
    kind: "user",
  };
  let asked: (string | undefined)[][];
  let authenticator: TrustingAuthenticator;
  beforeEach(() => {
    asked = [];
    authenticator = new TrustingAuthenticator(new ScopeReader(account), (accessKeyId, token) => {
      asked.push([accessKeyId, token]);
      if (accessKeyId !== "AKIAJO") return undefined;
      return { accessKeyId, secretKey: "", account, arn: user.arn, kind: "user", principal: user };
    });
  });

  test("any key is its account's root, without being looked up", () => {
    const { principal, region } = authenticator.identify(signedBy("111111111111"));
    expect(principal).toMatchObject({ kind: "root", account: "111111111111" });
    expect(region).toBe("eu-west-1");
    expect(authenticator.identify(signedBy("test")).principal.account).toBe(account);
    expect(authenticator.identify(request()).principal).toMatchObject({ kind: "root", account });
    expect(asked).toEqual([]);
  });

  test("a key that was issued speaks for its owner; another of its form is the root", () => {
    expect(authenticator.identify(signedBy("AKIAJO")).principal).toBe(user);
    expect(authenticator.identify(signedBy("AKIAUNKNOWN")).principal.kind).toBe("root");
  });

  test("session tokens come in a header or in a presigned URL", () => {
    authenticator.identify(signedBy("ASIAONE", { "x-amz-security-token": "t/1" }));
    const query =
      "X-Amz-Credential=ASIATWO%2F20260101%2Feu-west-1%2Fs3%2Faws4_request&X-Amz-Security-Token=t%2F2";
    authenticator.identify(request({ query }));
    expect(asked).toEqual([
      ["ASIAONE", "t/1"],
      ["ASIATWO", "t/2"],
    ]);
  });
});

describe("in verify mode", () => {
  const authenticator = new VerifyingAuthenticator(new Verifier(() => undefined));
  const identify = (one: HttpRequest, what: CalledOperation): Promise<unknown> =>
    authenticator.identify(one, what, 0);

  test("an unsigned request to S3 is anonymous, whatever the operation", async () => {
    for (const operation of ["GetObject", "PutObject", "ListBuckets"])
      expect(await identify(request(), called("s3", operation))).toMatchObject({
        principal: { arn: "*", account: "", kind: "anonymous" },
      });
  });

  test("a web identity needs no signature; all other unsigned requests are refused", async () => {
    const web = called("sts", "AssumeRoleWithWebIdentity");
    expect(await identify(request(), web)).toMatchObject({ principal: { kind: "anonymous" } });
    for (const [id, operation] of [
      ["sts", "GetCallerIdentity"],
      ["kinesis", "ListStreams"],
      ["iam", "ListUsers"],
    ] as const)
      await expect(identify(request(), called(id, operation))).rejects.toMatchObject({
        code: expect.stringContaining("MissingAuthenticationToken"),
      });
  });

  test.each([
    ["a header of version 4", signedBy("AKIA")],
    ["another header", request({ headers: { authorization: "AWS AKIA:sig" } })],
    ["a presigned URL", request({ query: "x-amz-algorithm=AWS4-HMAC-SHA256" })],
    ["a presigned URL of version 2", request({ query: "AWSAccessKeyId=AKIA&Signature=x&Expires=1" })],
  ])("%s is not anonymous, and not believed", async (_, one) => {
    await expect(identify(one, called("s3", "GetObject"))).rejects.toMatchObject({ name: "ServiceError" });
  });

  test.each([
    request({ headers: { authorization: "AWS AKIA:sig" } }),
    request({ query: "AWSAccessKeyId=AKIA&Signature=x&Expires=1" }),
  ])("S3 says which version of signatures it wants", async (one) => {
    await expect(identify(one, called("s3", "GetObject"))).rejects.toMatchObject({
      code: "InvalidRequest",
      message: expect.stringContaining("Please use AWS4-HMAC-SHA256."),
    });
  });
});
