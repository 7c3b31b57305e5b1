import {
  CreateBucketCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  type S3Client,
} from "@aws-sdk/client-s3";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type RawAnswer, type RawRequest, send } from "../fixtures/raw-http.ts";
import { VerifyingMillrace } from "../fixtures/verifying-millrace.ts";

const seed = 20_260_102;
const mutations = 400;
const Bucket = "signed";
const Key = "letter";
const content = "as it was written";
let millrace: VerifyingMillrace;
let s3: S3Client;
/** A put as the SDK signed and sent it. It may be sent again, and changes nothing. */
let signed: Required<RawRequest> & { readonly body: string };

beforeAll(async () => {
  millrace = await VerifyingMillrace.start("123456789012");
  ({ s3 } = millrace.as(millrace.root));
  await s3.send(new CreateBucketCommand({ Bucket }));
  const put = new PutObjectCommand({ Bucket, Key, Body: content, Metadata: { colour: "blue" } });
  put.middlewareStack.add(
    (next) => async (args) => {
      const { method, path, query, headers } = args.request as unknown as {
        readonly method: string;
        readonly path: string;
        readonly query: Readonly<Record<string, string>>;
        readonly headers: Readonly<Record<string, string>>;
      };
      signed = { method, path: `${path}?${new URLSearchParams(query)}`, headers, body: content };
      return next(args);
    },
    { step: "finalizeRequest", priority: "low" },
  );
  await s3.send(put);
});
afterAll(() => millrace.dispose());

const codeOf = ({ body }: RawAnswer): string => /<Code>(\w+)<\/Code>/.exec(body.toString())?.[1] ?? "";
const again = (change: Partial<RawRequest>): Promise<RawAnswer> =>
  send(millrace.process.port, { ...signed, ...change });
/** The same headers, of which some are others; undefined leaves one out. */
function withHeaders(change: Readonly<Record<string, string | undefined>>): Partial<RawRequest> {
  const entries = Object.entries({ ...signed.headers, ...change });
  return {
    headers: Object.fromEntries(
      entries.flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
    ),
  };
}

/** The same numbers for the same seed (mulberry32). */
function seeded(from: number): (below: number) => number {
  let state = from >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

it("takes the request that was signed, and none in which something signed is another", async () => {
  expect((await again({})).status).toBe(200);
  const authorization = signed.headers["authorization"] ?? "";
  const date = signed.headers["x-amz-date"] ?? "";
  const other = (name: string): string =>
    `${signed.headers[name]}`.replace(/.$/, (last) => (last === "1" ? "2" : "1"));
  const changes: readonly (readonly [string, Partial<RawRequest>, string])[] = [
    ["the method", { method: "DELETE" }, "SignatureDoesNotMatch"],
    ["the key", { path: signed.path.replace(Key, "other") }, "SignatureDoesNotMatch"],
    ["the query", { path: `${signed.path}&acl` }, "SignatureDoesNotMatch"],
    ["metadata", withHeaders({ "x-amz-meta-colour": "red" }), "SignatureDoesNotMatch"],
    ["the day", withHeaders({ "x-amz-date": "20200101T000000Z" }), "AuthorizationHeaderMalformed"],
    [
      "the second",
      withHeaders({ "x-amz-date": date.replace(/.Z$/, date.endsWith("1Z") ? "2Z" : "1Z") }),
      "SignatureDoesNotMatch",
    ],
    ["the host", withHeaders({ host: "elsewhere:80" }), "SignatureDoesNotMatch"],
    [
      "the digest",
      withHeaders({ "x-amz-content-sha256": other("x-amz-content-sha256") }),
      "SignatureDoesNotMatch",
    ],
    ["no signature", withHeaders({ authorization: undefined }), "AccessDenied"],
    [
      "the key's id",
      withHeaders({ authorization: authorization.replace(/Credential=\w+/, "Credential=AKIAUNKNOWN") }),
      "InvalidAccessKeyId",
    ],
    [
      "the region",
      withHeaders({ authorization: authorization.replace("us-east-1", "eu-west-1") }),
      "SignatureDoesNotMatch|AuthorizationHeaderMalformed",
    ],
    [
      "a header that is not signed",
      withHeaders({ "x-amz-acl": "bucket-owner-full-control" }),
      "AccessDenied",
    ],
  ];
  const wrong: string[] = [];
  for (const [what, change, code] of changes) {
    const answer = await again(change);
    if (answer.status < 400 || !new RegExp(`^(?:${code})$`).test(codeOf(answer)))
      wrong.push(`${what}: ${answer.status} ${codeOf(answer)}`);
  }
  expect(wrong).toEqual([]);
});

it("refuses another body under the same signature", async () => {
  const answer = await again({ body: content.replace("was", "iss") });
  expect(answer.status).toBe(400);
  expect(codeOf(answer)).toMatch(/^(?:XAmzContentSHA256Mismatch|BadDigest)$/);
});

it(`refuses ${mutations} broken authorizations (seed ${seed}), and the object stays as it is`, async () => {
  const random = seeded(seed);
  const authorization = signed.headers["authorization"] ?? "";
  const characters = "0123456789abcdefXYZ,;=/ \t%\"'-ü";
  for (let i = 0; i < mutations; i++) {
    // The scheme's word may be followed by any number of spaces: what is behind it is broken.
    const at = "AWS4-HMAC-SHA256 ".length + random(authorization.length - "AWS4-HMAC-SHA256 ".length);
    const length = random(3) === 0 ? 1 + random(40) : 1;
    const replacement = random(4) === 0 ? "" : (characters[random(characters.length)] ?? "");
    const broken = authorization.slice(0, at) + replacement + authorization.slice(at + length);
    if (broken === authorization || broken.replaceAll(/\s/g, "") === authorization.replaceAll(/\s/g, ""))
      continue;
    const answer = await again(withHeaders({ authorization: Buffer.from(broken).toString("latin1") }));
    expect([400, 403], `${broken}: ${answer.status} ${answer.body}`).toContain(answer.status);
    expect(codeOf(answer)).not.toBe("");
  }
  const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key }));
  expect(await Body?.transformToString()).toBe(content);
  const { Contents } = await s3.send(new ListObjectsV2Command({ Bucket }));
  expect(Contents).toHaveLength(1);
});
