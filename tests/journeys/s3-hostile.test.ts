import { readdir } from "node:fs/promises";
import { request } from "node:http";
import { afterAll, beforeAll, expect, it } from "vitest";
import { MillraceProcess } from "../fixtures/millrace-process.ts";

let millrace: MillraceProcess;

beforeAll(async () => {
  millrace = await MillraceProcess.start();
  expect((await send("PUT", "/hostile")).status).toBe(200);
});
afterAll(() => millrace.dispose());

interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly text: string;
}

/** Sends a path as it is: `fetch` would tidy it up. */
function send(
  method: string,
  path: string,
  body = "",
  headers: Record<string, string> = {},
): Promise<Answer> {
  const { promise, resolve, reject } = Promise.withResolvers<Answer>();
  const about = { method, path, port: millrace.port, host: "127.0.0.1", agent: false } as const;
  const length = { "content-length": String(Buffer.byteLength(body)) };
  const sent = request({ ...about, headers: { ...length, ...headers } }, (response) => {
    const parts: Buffer[] = [];
    response.on("data", (part: Buffer) => parts.push(part));
    response.on("error", reject);
    response.on("end", () => {
      const text = Buffer.concat(parts).toString();
      resolve({ status: response.statusCode ?? 0, headers: response.headers, text });
    });
  });
  sent.on("error", reject);
  sent.end(body);
  return promise;
}

/** The same numbers for the same seed (mulberry32). */
function seeded(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

it("nothing that a path can say leaves the bucket or the data folder", async () => {
  const before = await readdir(millrace.dataFolder);
  const paths = [
    "/hostile/../../../../../../tmp/millrace-escaped",
    "/hostile/..%2f..%2f..%2ftmp%2fmillrace-escaped",
    "/hostile/%2e%2e/%2e%2e/escaped",
    "/hostile//etc/passwd",
    "/hostile/C:%5cWindows%5csystem32",
    "/hostile/%00null",
    "/hostile/a%0d%0aset-cookie:%20x",
  ];
  for (const path of paths) {
    expect((await send("PUT", path, `of ${path}`)).status).toBe(200);
    expect(await send("GET", path)).toMatchObject({ status: 200, text: `of ${path}` });
  }
  expect((await readdir(millrace.dataFolder)).toSorted()).toEqual(before.toSorted());
  const list = await send("GET", "/hostile?list-type=2&encoding-type=url");
  expect(list.text.match(/<Key>/g)).toHaveLength(paths.length);
  for (const path of paths) expect((await send("DELETE", path)).status).toBe(204);
  for (const bucket of ["/..", "/.", "/%2e%2e", "/a", "/A_B"])
    expect((await send("PUT", bucket)).status).toBe(400);
  expect((await send("PUT", "/../hostile2", "x")).status).toBe(404);
});

const names: readonly string[] = [
  "range",
  "if-match",
  "if-none-match",
  "if-modified-since",
  "if-unmodified-since",
  "content-md5",
  "x-amz-checksum-crc32",
  "x-amz-checksum-sha256",
  "x-amz-sdk-checksum-algorithm",
  "x-amz-copy-source",
  "x-amz-copy-source-range",
  "x-amz-tagging",
  "x-amz-storage-class",
  "x-amz-server-side-encryption",
  "x-amz-server-side-encryption-customer-algorithm",
  "x-amz-server-side-encryption-customer-key",
  "x-amz-server-side-encryption-customer-key-md5",
  "x-amz-server-side-encryption-context",
  "x-amz-object-lock-mode",
  "x-amz-object-lock-retain-until-date",
  "x-amz-metadata-directive",
  "x-amz-acl",
  "x-amz-grant-read",
  "x-amz-meta-x",
  "expires",
  "content-encoding",
  "x-amz-mp-object-size",
  "x-amz-expected-bucket-owner",
  "x-amz-object-attributes",
  "x-amz-max-parts",
  "x-amz-part-number-marker",
  "x-amz-checksum-type",
  "x-amz-checksum-algorithm",
  "x-amz-website-redirect-location",
  "x-amz-trailer",
];

const values: readonly string[] = [
  "",
  "0",
  "-1",
  "*",
  "bytes=0-1",
  "bytes=-",
  "bytes=9999999999999999999-",
  "AAAA",
  "%",
  "%ff",
  "{}",
  "[[",
  "AES256",
  "aws:kms",
  "hostile/k",
  "/hostile/k?versionId=",
  "=?UTF-8?B?!!?=",
  "é",
  "a".repeat(3_000),
  "a=b&a=b",
  "GOVERNANCE",
  "CRC32",
  "2026-01-01T00:00:00Z",
  "Thu, 01 Jan 2026 00:00:00 GMT",
  '"',
  'uri="http://x"',
  "__proto__",
  "constructor",
];

const queries: readonly string[] = [
  "",
  "uploads",
  "uploadId=x",
  "partNumber=1&uploadId=x",
  "partNumber=0",
  "versionId=",
  "versionId=x",
  "tagging",
  "retention",
  "legal-hold",
  "attributes",
  "restore",
  "list-type=2&max-keys=-1",
  "list-type=2&continuation-token=x",
  "versions&key-marker=%00",
  "delete",
  "location",
  "acl",
  "select&select-type=2",
  "max-parts=x&uploadId=y",
  "encoding-type=x",
  "response-expires=never",
  "x-id=GetObject",
  "list-type=3",
  "&&==&",
  "partNumber=99999999999999999",
];

const bodies: readonly string[] = [
  "",
  "<",
  "<a/>",
  "<Delete>",
  "<Delete><Object/></Delete>",
  "<Tagging><TagSet><Tag/></TagSet></Tagging>",
  '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><a>&e;</a>',
  "<a>".repeat(2_000),
  "\u0000\u0001",
  "<CompleteMultipartUpload><Part><PartNumber>x</PartNumber></Part></CompleteMultipartUpload>",
  "<Retention><Mode>X</Mode></Retention>",
  "<RestoreRequest><Days>-1</Days></RestoreRequest>",
  "x".repeat(5_000),
];

it("random headers, paths and bodies are answered, never with our own failure", async () => {
  const random = seeded(20_260_101);
  const pick = <T>(list: readonly T[]): T => list[random(list.length)] as T;
  const statuses = new Set<number>();
  for (let i = 0; i < 1_500; i++) {
    const headers: Record<string, string> = {};
    for (let count = random(4); count > 0; count--) headers[pick(names)] = pick(values);
    const path = `${pick(["/hostile/k", "/hostile", "/hostile/", "/", "/hostile/%00", "/none/k"])}?${pick(queries)}`;
    const method = pick(["GET", "HEAD", "PUT", "POST", "DELETE"]);
    const answer = await send(method, path, pick(bodies), headers);
    statuses.add(answer.status);
    const what = `request ${i}: ${method} ${path} ${JSON.stringify(headers)} -> ${answer.status} ${answer.text}`;
    if (answer.status >= 500)
      expect(`${answer.status} ${/<Code>(\w+)/.exec(answer.text)?.[1] ?? "HEAD"}`, what).toMatch(
        /^501 (?:NotImplemented|HEAD)$/,
      );
  }
  expect(statuses.has(200) && statuses.has(400) && statuses.has(404)).toBe(true);
  expect(millrace.stderr).not.toContain("internal failure");
});
