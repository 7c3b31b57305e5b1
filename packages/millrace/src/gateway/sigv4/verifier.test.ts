import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import type { AuthFailureKind } from "./auth-failure.ts";
import { type RequestParts, testCredential, testRequest } from "./test-request.ts";
import { type Credential, type Identity, Verifier } from "./verifier.ts";

interface Recorded {
  readonly name: string;
  readonly service: string;
  readonly method: string;
  readonly path: string;
  readonly query: string;
  readonly headers: Record<string, string>;
  readonly body: string;
}
/** Requests as real clients signed them; the file names the signers. */
const fixture: { secretKey: string; signedAt: string; requests: Recorded[] } = JSON.parse(
  readFileSync(new URL("./fixtures/signed-requests.json", import.meta.url), "utf8"),
);
const signedAtMs = Date.parse(fixture.signedAt);
const token = "tok/en+==";

function verify(
  parts: RequestParts,
  options: { service?: string; nowMs?: number; secretKey?: string; credential?: Partial<Credential> } = {},
): Promise<Identity> {
  const { service = "service", nowMs = signedAtMs, secretKey = fixture.secretKey, credential = {} } = options;
  const verifier = new Verifier((id, sessionToken) =>
    id.startsWith("AKI") || id.startsWith("ASIA")
      ? testCredential(id, secretKey, {
          ...(sessionToken === undefined ? {} : { sessionToken: token }),
          ...credential,
        })
      : undefined,
  );
  return verifier.verify(testRequest(parts), { s3: service === "s3", services: [service] }, nowMs);
}

const kindOf = (promise: Promise<unknown>): Promise<AuthFailureKind | "accepted"> =>
  promise.then(
    () => "accepted",
    (error) => error.kind ?? error,
  );

describe.each(fixture.requests)("$name", (recorded) => {
  const { service } = recorded;

  test("is accepted as its client signed it", async () => {
    const identity = await verify(recorded, { service });
    expect(identity).toMatchObject({ region: "eu-west-1", service, signedAtMs });
    expect(identity.principal).toMatchObject({ account: "123456789012", kind: "root" });
  });

  test("is refused when any part of it was changed", async () => {
    const signature =
      /Signature=([0-9a-f]{64})/.exec(recorded.headers["authorization"] ?? recorded.query)?.[1] ?? "";
    const flipped = signature.replace(/^./, (digit) => (digit === "0" ? "1" : "0"));
    const swap = (text: string): string => text.replace(signature, flipped);
    const headers = Object.fromEntries(
      Object.entries(recorded.headers).map(([name, value]) => [name, swap(value)]),
    );
    const changes: RequestParts[] = [
      { ...recorded, headers, query: swap(recorded.query) },
      { ...recorded, method: recorded.method === "GET" ? "DELETE" : "GET" },
      { ...recorded, path: `${recorded.path}x` },
      { ...recorded, query: recorded.query === "" ? "a=b" : `${recorded.query}&a=b` },
      { ...recorded, headers: { ...recorded.headers, host: "elsewhere", ":authority": "elsewhere" } },
    ];
    for (const change of changes) expect(await kindOf(verify(change, { service }))).toBe("mismatch");
    expect(await kindOf(verify(recorded, { service, secretKey: "other" }))).toBe("mismatch");
    expect(await kindOf(verify(recorded, { service: service === "s3" ? "kinesis" : "iam" }))).toBe(
      "mismatch",
    );
  });

  test("is refused when each of its signed headers was changed", async () => {
    const names =
      /SignedHeaders=([^,&]+)/.exec(recorded.headers["authorization"] ?? recorded.query)?.[1] ?? "";
    for (const name of decodeURIComponent(names).split(";")) {
      if (name === "x-amz-security-token" || name === "x-amz-date") continue;
      // The hash of the other services is taken from the body: they do not believe the header, but it is signed.
      const headers = { ...recorded.headers, [name]: "changed" };
      expect(await kindOf(verify({ ...recorded, headers }, { service }))).toBe("mismatch");
    }
  });

  test("is refused with another body, unless the body is not part of the signature", async () => {
    const changed = await kindOf(verify({ ...recorded, body: `${recorded.body}!` }, { service }));
    const unsigned =
      recorded.query.includes("X-Amz-Signature") ||
      recorded.headers["x-amz-content-sha256"] === "UNSIGNED-PAYLOAD";
    expect(changed).toBe(service !== "s3" ? "mismatch" : unsigned ? "accepted" : "payloadMismatch");
  });
});

describe("AWS's published examples", () => {
  const secretKey = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
  const suite = "20150830/us-east-1/service/aws4_request";

  test("get-vanilla of the Signature Version 4 test suite", async () => {
    const headers = {
      host: "example.amazonaws.com",
      "x-amz-date": "20150830T123600Z",
      authorization:
        `AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/${suite}, SignedHeaders=host;x-amz-date, ` +
        "Signature=5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31",
    };
    expect(await kindOf(verify({ headers }, { nowMs: Date.UTC(2015, 7, 30, 12, 36) }))).toBe("accepted");
  });

  test("get-header-key-duplicate: duplicates were signed with bare commas, we see them joined with ', '", async () => {
    const headers = {
      host: "example.amazonaws.com",
      "my-header1": "value2, value2, value1",
      "x-amz-date": "20150830T123600Z",
      authorization:
        `AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/${suite}, SignedHeaders=host;my-header1;x-amz-date, ` +
        "Signature=c9d5ea9f3f72853aea855b47ea873832890dbdd183b4468f858259531a5138ea",
    };
    expect(await kindOf(verify({ headers }, { nowMs: Date.UTC(2015, 7, 30, 12, 36) }))).toBe("accepted");
  });

  test("IAM ListUsers of the signing guide", async () => {
    const headers = {
      host: "iam.amazonaws.com",
      "content-type": "application/x-www-form-urlencoded; charset=utf-8",
      "x-amz-date": "20150830T123600Z",
      authorization:
        "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/iam/aws4_request, " +
        "SignedHeaders=content-type;host;x-amz-date, " +
        "Signature=5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7",
    };
    const parts = { query: "Action=ListUsers&Version=2010-05-08", headers };
    expect(await kindOf(verify(parts, { service: "iam", nowMs: Date.UTC(2015, 7, 30, 12, 36) }))).toBe(
      "accepted",
    );
  });

  const emptyHash = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
  test.each([
    ["lifecycle", "/", "lifecycle", "fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543"],
    ["list", "/", "max-keys=2&prefix=J", "34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7"],
  ])("S3 GET %s of the API reference", async (_name, path, query, signature) => {
    const headers = {
      host: "examplebucket.s3.amazonaws.com",
      "x-amz-content-sha256": emptyHash,
      "x-amz-date": "20130524T000000Z",
      authorization:
        "AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request," +
        `SignedHeaders=host;x-amz-content-sha256;x-amz-date,Signature=${signature}`,
    };
    const outcome = verify(
      { path, query, headers },
      { service: "s3", secretKey, nowMs: Date.UTC(2013, 4, 24) },
    );
    expect(await kindOf(outcome)).toBe("accepted");
  });

  test("S3 presigned GET of the API reference", async () => {
    const query =
      "X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20130524%2Fus-east-1%2Fs3%2Faws4_request" +
      "&X-Amz-Date=20130524T000000Z&X-Amz-Expires=86400&X-Amz-SignedHeaders=host" +
      "&X-Amz-Signature=aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404";
    const parts = { path: "/test.txt", query, headers: { host: "examplebucket.s3.amazonaws.com" } };
    const at = (nowMs: number) => kindOf(verify(parts, { service: "s3", secretKey, nowMs }));
    const signed = Date.UTC(2013, 4, 24);
    expect(await at(signed)).toBe("accepted");
    expect(await at(signed + 86_400_000)).toBe("accepted");
    expect(await at(signed + 86_400_001)).toBe("presignExpired");
    expect(await at(signed - 15 * 60_000 - 1)).toBe("notYetValid");
  });
});

describe("time and tokens", () => {
  const plain = fixture.requests.find((request) => request.name === "json call");
  const s3 = fixture.requests.find((request) => request.name === "s3 put hashed");
  const temporary = fixture.requests.find((request) => request.name === "session token");
  if (plain === undefined || s3 === undefined || temporary === undefined)
    throw new Error("fixtures are missing");

  test.each([
    [plain, 5],
    [s3, 15],
  ])("$name is good for minutes around its time", async (recorded, minutes) => {
    const at = (offsetMs: number) =>
      kindOf(verify(recorded, { service: recorded.service, nowMs: signedAtMs + offsetMs }));
    const limit = minutes * 60_000;
    expect(await at(limit)).toBe("accepted");
    expect(await at(limit + 1_000)).toBe("expired");
    expect(await at(-limit)).toBe("accepted");
    expect(await at(-limit - 1_000)).toBe("notYetValid");
  });

  test("a temporary credential needs its own token, and only until it expires", async () => {
    const as = (credential: Partial<Credential>, nowMs = signedAtMs) =>
      kindOf(verify(temporary, { service: "sts", nowMs, credential }));
    expect(await as({ sessionToken: token, expiresAtMs: signedAtMs + 1 })).toBe("accepted");
    expect(await as({ sessionToken: token, expiresAtMs: signedAtMs })).toBe("expiredToken");
    expect(await as({ sessionToken: "another" })).toBe("invalidToken");
    const without = verify(plain, { service: "kinesis", credential: { sessionToken: token } });
    expect(await kindOf(without)).toBe("invalidToken");
  });

  test("a header that selects the operation must be signed", async () => {
    const added = {
      ...plain,
      headers: { ...plain.headers, "x-amz-target": "Kinesis_20131202.DeleteStream" },
    };
    expect(await kindOf(verify(added, { service: "kinesis" }))).toBe("mismatch");
    const unsignedTarget = fixture.requests.find((request) => request.name === "h2 authority") ?? plain;
    const smuggled = { ...unsignedTarget, headers: { ...unsignedTarget.headers, "x-amz-target": "Evil.Op" } };
    expect(await kindOf(verify(smuggled, { service: "kinesis" }))).toBe("unsignedHeaders");
    const acl = { ...s3, headers: { ...s3.headers, "x-amz-acl": "public-read" } };
    expect(await kindOf(verify(acl, { service: "s3" }))).toBe("unsignedHeaders");
  });
});
