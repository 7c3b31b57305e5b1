import { createHash } from "node:crypto";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { MillraceProcess } from "../fixtures/millrace-process.ts";
import { type RawAnswer, type RawRequest, send } from "../fixtures/raw-http.ts";

const seed = 20_260_103;
const mutations = 1_200;
const bucket = "/bodies";
let parent: string;
let millrace: MillraceProcess;

beforeAll(async () => {
  parent = await mkdtemp(join(tmpdir(), "millrace-hostile-"));
  millrace = await MillraceProcess.start({ dataFolder: join(parent, "data") });
  const lock = { "x-amz-bucket-object-lock-enabled": "true" };
  expect((await call({ method: "PUT", path: bucket, headers: lock })).status).toBe(200);
  expect((await call({ method: "PUT", path: `${bucket}/kept`, body: "kept" })).status).toBe(200);
});
afterAll(async () => {
  await millrace.dispose();
  await rm(parent, { recursive: true, force: true });
});

function call(request: RawRequest): Promise<RawAnswer> {
  const body = request.body ?? "";
  const md5 = createHash("md5").update(body).digest("base64");
  const headers = { "content-length": `${Buffer.byteLength(body)}`, "content-md5": md5, ...request.headers };
  return send(millrace.port, { ...request, body, headers });
}

const codeOf = ({ body }: RawAnswer): string => /<Code>([\w.]+)<\/Code>/.exec(body.toString())?.[1] ?? "";

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

/** Documents that are right, by where they go. */
const documents: readonly (readonly [method: string, query: string, document: string])[] = [
  [
    "PUT",
    "?lifecycle",
    "<LifecycleConfiguration><Rule><ID>a</ID><Status>Enabled</Status><Filter><And><Prefix>x/</Prefix><Tag>" +
      "<Key>k</Key><Value>v</Value></Tag></And></Filter><Expiration><Days>3</Days></Expiration></Rule>" +
      "</LifecycleConfiguration>",
  ],
  ["POST", "?delete", "<Delete><Quiet>true</Quiet><Object><Key>none</Key></Object></Delete>"],
  ["PUT", "/kept?tagging", "<Tagging><TagSet><Tag><Key>a</Key><Value>b</Value></Tag></TagSet></Tagging>"],
  [
    "PUT",
    "?cors",
    "<CORSConfiguration><CORSRule><AllowedMethod>GET</AllowedMethod><AllowedOrigin>*</AllowedOrigin>" +
      "<MaxAgeSeconds>5</MaxAgeSeconds></CORSRule></CORSConfiguration>",
  ],
  [
    "PUT",
    "?encryption",
    "<ServerSideEncryptionConfiguration><Rule><ApplyServerSideEncryptionByDefault><SSEAlgorithm>AES256" +
      "</SSEAlgorithm></ApplyServerSideEncryptionByDefault></Rule></ServerSideEncryptionConfiguration>",
  ],
  [
    "PUT",
    "?object-lock",
    "<ObjectLockConfiguration><ObjectLockEnabled>Enabled</ObjectLockEnabled></ObjectLockConfiguration>",
  ],
  ["PUT", "?versioning", "<VersioningConfiguration><Status>Enabled</Status></VersioningConfiguration>"],
  [
    "PUT",
    "?publicAccessBlock",
    "<PublicAccessBlockConfiguration><BlockPublicAcls>true</BlockPublicAcls></PublicAccessBlockConfiguration>",
  ],
];

const pieces = [
  "",
  "<",
  ">",
  "</a>",
  "&amp;",
  "&#0;",
  "&e;",
  "<![CDATA[x]]>",
  "<!--",
  "<?xml?>",
  '<!DOCTYPE a [<!ENTITY e SYSTEM "file:///etc/passwd">]>',
  "-1",
  "1e9",
  "99999999999999999999",
  "\u0000",
  "\ufffe",
  "é🛰",
  " xmlns:x='y'",
  "<a>".repeat(300),
  "A".repeat(2_000),
] as const;

/** A document with a few places cut out, doubled or filled with something else. */
function mutated(document: string, random: (below: number) => number): string {
  let text = document;
  for (let count = 1 + random(3); count > 0; count--) {
    const at = random(text.length + 1);
    const cut = random(2) === 0 ? 0 : random(12);
    const doubled = random(5) === 0 ? text.slice(at, at + random(60)) : "";
    text = text.slice(0, at) + doubled + (pieces[random(pieces.length)] ?? "") + text.slice(at + cut);
  }
  return text;
}

describe("bodies of S3", () => {
  it(`${mutations} broken documents are answered with what is wrong, and change nothing else (seed ${seed})`, async () => {
    const random = seeded(seed);
    const statuses = new Map<number, number>();
    for (let i = 0; i < mutations; i++) {
      const [method, query, document] = documents[i % documents.length] ?? documents[0] ?? ["PUT", "", ""];
      const body = mutated(document, random);
      const answer = await call({ method, path: `${bucket}${query}`, body });
      statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1);
      const what = `${method} ${query} ${body} -> ${answer.status} ${answer.body}`;
      if (answer.status >= 500) expect(`${answer.status} ${codeOf(answer)}`, what).toBe("501 NotImplemented");
      else if (answer.status >= 400) expect(codeOf(answer), what).not.toBe("");
      expect(answer.body.toString(), what).not.toContain("root:");
    }
    expect(statuses.get(400)).toBeGreaterThan(mutations / 2);
    expect((await call({ method: "GET", path: `${bucket}/kept` })).body.toString()).toBe("kept");
    for (const [method, query, body] of documents) {
      const answer = await call({ method, path: `${bucket}${query}`, body });
      expect(answer.status, `${query}: ${answer.body}`).toBeLessThan(300);
    }
    expect(millrace.stderr).not.toContain("internal failure");
  });

  it("broken completions leave an upload as it was", async () => {
    const path = `${bucket}/upload`;
    const started = await call({ method: "POST", path: `${path}?uploads` });
    const id = /<UploadId>([^<]+)</.exec(started.body.toString())?.[1] ?? "";
    const part = await call({ method: "PUT", path: `${path}?partNumber=1&uploadId=${id}`, body: "the part" });
    const etag = `${part.headers["etag"]}`;
    const one = `<Part><PartNumber>1</PartNumber><ETag>${etag}</ETag></Part>`;
    const complete = (body: string): Promise<RawAnswer> =>
      call({ method: "POST", path: `${path}?uploadId=${id}`, body });
    const whole = (parts: string): string => `<CompleteMultipartUpload>${parts}</CompleteMultipartUpload>`;
    const refused: readonly (readonly [string, string])[] = [
      ["", "InvalidRequest|MalformedXML"],
      ["<", "MalformedXML"],
      [whole(""), "MalformedXML"],
      [whole("<Part/>"), "MalformedXML|InvalidPart"],
      [whole(one.replace("1<", "x<")), "MalformedXML"],
      [whole(one.replace("1<", "2<")), "InvalidPart"],
      [whole(one.replace("1<", "0<")), "InvalidArgument|InvalidPartOrder|InvalidPart|MalformedXML"],
      [whole(one.replace("1<", "10001<")), "InvalidArgument|InvalidPart|MalformedXML"],
      [whole(one.replace(etag, "wrong")), "InvalidPart"],
      [whole(one + one), "InvalidPartOrder"],
      [whole(one.repeat(10_001)), "MalformedXML|InvalidPartOrder|InvalidArgument"],
      [`<!DOCTYPE a [<!ENTITY e "x">]>${whole(one.replace("1<", "&e;<"))}`, "MalformedXML"],
      [whole(one).slice(0, -5), "MalformedXML"],
    ];
    const wrong: string[] = [];
    for (const [body, codes] of refused) {
      const answer = await complete(body);
      if (answer.status !== 400 || !new RegExp(`^(?:${codes})$`).test(codeOf(answer)))
        wrong.push(`${body.slice(0, 200)}: ${answer.status} ${answer.body}`);
    }
    expect(wrong).toEqual([]);
    expect((await call({ method: "GET", path })).status).toBe(404);
    const random = seeded(seed);
    for (let i = 0; i < 200; i++) {
      const answer = await complete(mutated(whole(one), random));
      if (answer.status === 200) break;
      expect(answer.status, `${answer.body}`).toBe(400);
    }
    expect((await complete(whole(one))).status).toBe(200);
    expect((await call({ method: "GET", path })).body.toString()).toBe("the part");
  });

  it("keys and names that mean something to a file system stay names", async () => {
    const outside = (await readdir(parent)).toSorted();
    const above = (await readdir(tmpdir())).filter((name) => name.includes("escaped"));
    const keys = [
      "../../../escaped",
      "..%2f..%2fescaped",
      "%2e%2e/%2e%2e/escaped",
      "..%5c..%5cescaped",
      "%00/escaped",
      "//escaped",
      ".",
      "..",
      "con",
      `${"a".repeat(1_020)}%2f..x`,
      "%f0%9f%9b%b0".repeat(256),
    ];
    for (const key of keys) {
      const path = `${bucket}/${key}`;
      expect((await call({ method: "PUT", path, body: key })).status, key).toBe(200);
      expect((await call({ method: "GET", path })).body.toString()).toBe(key);
    }
    const refused: readonly (readonly [string, number, string])[] = [
      [`${bucket}/${"a".repeat(1_025)}`, 400, "KeyTooLongError"],
      [`${bucket}/${"%f0%9f%9b%b0".repeat(256)}b`, 400, "KeyTooLongError"],
      ["/..", 400, "InvalidBucketName"],
      ["/.", 400, "InvalidBucketName"],
      ["/UPPER", 400, "InvalidBucketName"],
      ["/a..b", 400, "InvalidBucketName"],
      ["/192.168.0.1", 400, "InvalidBucketName"],
      ["/%00%00%00", 400, "InvalidBucketName"],
      [`/${"b".repeat(64)}`, 400, "InvalidBucketName"],
    ];
    for (const [path, status, code] of refused) {
      const answer = await call({ method: "PUT", path });
      expect([answer.status, codeOf(answer)], path).toEqual([status, code]);
    }
    expect((await readdir(parent)).toSorted()).toEqual(outside);
    expect((await readdir(tmpdir())).filter((name) => name.includes("escaped"))).toEqual(above);
    const inside = await readdir(millrace.dataFolder, { recursive: true });
    expect(inside.filter((name) => /escaped|kept|con$/.test(name))).toEqual([]);
  });
});
