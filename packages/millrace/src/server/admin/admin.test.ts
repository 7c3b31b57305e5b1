import { connect } from "node:net";
import {
  CreateAccessKeyCommand,
  CreateUserCommand,
  IAMClient,
  PutUserPolicyCommand,
} from "@aws-sdk/client-iam";
import { CreateStreamCommand, KinesisClient, ListStreamsCommand } from "@aws-sdk/client-kinesis";
import { CreateBucketCommand, ListBucketsCommand, S3Client } from "@aws-sdk/client-s3";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createMillrace, type Millrace } from "../../index.ts";
import { send, type TestKey } from "./test-admin.ts";

const account = "111111111111";
const guestAccount = "222222222222";
let trusting: Millrace;
let verifying: Millrace;
let root: TestKey;
let guest: TestKey;

beforeAll(async () => {
  const options = { durability: "memory", transitionMs: 0, account } as const;
  trusting = await createMillrace(options);
  verifying = await createMillrace({ ...options, auth: "verify" });
  root = verifying.firstCredential ?? { accessKeyId: "", secretKey: "" };
  const made = await send(`${verifying.url}/_millrace/accounts/${guestAccount}`, root, { method: "POST" });
  guest = (await made.json()) as TestKey;
});
afterAll(() => Promise.all([trusting.close(), verifying.close()]));

interface Answer {
  readonly status: number;
  readonly body: Record<string, unknown> & { readonly items?: readonly Record<string, unknown>[] };
}

async function call(
  { url }: Millrace,
  path: string,
  key?: TestKey,
  more: Parameters<typeof send>[2] = {},
): Promise<Answer> {
  const response = await send(`${url}/_millrace/${path}`, key, more);
  return { status: response.status, body: (await response.json()) as Answer["body"] };
}

const optionsOf = ({ url }: Millrace, { accessKeyId, secretKey }: TestKey) => ({
  endpoint: url,
  region: "us-east-1",
  credentials: { accessKeyId, secretAccessKey: secretKey },
  maxAttempts: 1,
});
const anyKey: TestKey = { accessKeyId: "test", secretKey: "test" };

async function userWith(name: string, policy: object): Promise<TestKey> {
  const iam = new IAMClient(optionsOf(verifying, root));
  const UserName = name;
  await iam.send(new CreateUserCommand({ UserName }));
  const PolicyDocument = JSON.stringify({ Version: "2012-10-17", Statement: [policy] });
  await iam.send(new PutUserPolicyCommand({ UserName, PolicyName: "p", PolicyDocument }));
  const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName }));
  return { accessKeyId: AccessKey?.AccessKeyId ?? "", secretKey: AccessKey?.SecretAccessKey ?? "" };
}

/** All routes that need a permission, with their action: a new route belongs here. */
const routes: readonly (readonly [method: string, path: string, pattern: string, action: string])[] = [
  ["GET", "status", "status", "GetStatus"],
  ["GET", "requests", "requests", "ListRequests"],
  ["GET", "unsupported", "unsupported", "ListUnsupported"],
  ["GET", "logs", "logs", "ListLogs"],
  ["GET", "topology", "topology", "GetTopology"],
  ["GET", "streams/none/use", "streams/:name/use", "GetStreamUse"],
  ["POST", "streams/none/replay", "streams/:name/replay", "ReplayStream"],
  ["GET", "replays", "replays", "ListReplays"],
  ["GET", "replays/none", "replays/:id", "GetReplay"],
  ["DELETE", "replays/none", "replays/:id", "DeleteReplay"],
  ["GET", "deliveries/none/use", "deliveries/:name/use", "GetDeliveryUse"],
  ["POST", "deliveries/none/flush", "deliveries/:name/flush", "FlushDelivery"],
  ["POST", "reset?services=sts", "reset", "Reset"],
  ["POST", "accounts/444444444444", "accounts/:id", "AddAccount"],
  ["GET", "snapshot", "snapshot", "SaveSnapshot"],
  ["PUT", "snapshot", "snapshot", "LoadSnapshot"],
];

describe("who may use the admin API", () => {
  it.each(routes)("%s %s is for who is allowed %s alone", async (method, path, _pattern, action) => {
    const none = await userWith(`none-${action}`, { Effect: "Allow", Action: "kinesis:*", Resource: "*" });
    const one = await userWith(`one-${action}`, {
      Effect: "Allow",
      Action: `millrace:${action}`,
      Resource: "*",
    });
    expect(await call(verifying, path, undefined, { method })).toMatchObject({
      status: 403,
      body: { code: "MissingAuthenticationTokenException" },
    });
    // What streams is signed as for S3, by a header.
    const signed = { method, ...(method === "PUT" && { payloadHash: "UNSIGNED-PAYLOAD" }) };
    expect(await call(verifying, path, none, signed)).toMatchObject({
      status: 403,
      body: { code: "AccessDenied", message: expect.stringContaining(`perform: millrace:${action}`) },
    });
    for (const key of [one, root]) expect((await call(verifying, path, key, signed)).status).not.toBe(403);
    expect((await call(trusting, path, undefined, { method })).status).not.toBe(403);
  });

  it("knows all routes", async () => {
    const { body } = await call(trusting, "nothing");
    const there = String(body["message"]).split("there are ")[1]?.replace(/\.$/, "").split(", ");
    const open = ["GET health", "GET metrics", "POST sign-in"];
    expect(there?.sort()).toEqual(
      [...open, ...routes.map(([method, , pattern]) => `${method} ${pattern}`)].sort(),
    );
  });

  it("takes no signature that was made for another service, another path or with another secret", async () => {
    expect(await call(verifying, "status", root, { service: "kinesis" })).toMatchObject({ status: 403 });
    expect(await call(verifying, "status", { ...root, secretKey: "wrong" })).toMatchObject({
      status: 403,
      body: { code: "InvalidSignatureException" },
    });
    expect(
      await call(verifying, "status", { accessKeyId: "AKIAAAAAAAAAAAAAAAAA", secretKey: "x" }),
    ).toMatchObject({
      status: 403,
      body: { code: "UnrecognizedClientException" },
    });
    expect(await call(verifying, "status", root, { payloadHash: "UNSIGNED-PAYLOAD" })).toMatchObject({
      status: 403,
    });
  });

  it("keeps guests to their own account and away from what is everybody's", async () => {
    await new KinesisClient(optionsOf(verifying, root)).send(new ListStreamsCommand());
    await new KinesisClient(optionsOf(verifying, guest)).send(new ListStreamsCommand());
    const seen = (await call(verifying, "requests?limit=2000", guest)).body.items ?? [];
    expect(new Set(seen.map((item) => item["account"]))).toEqual(new Set([guestAccount]));
    const all = (await call(verifying, "requests?limit=2000", root)).body.items ?? [];
    expect(new Set(all.map((item) => item["account"]))).toEqual(new Set([account, guestAccount]));
    for (const path of ["logs", "reset", "accounts/333333333333"])
      expect(await call(verifying, path, guest, { method: path === "logs" ? "GET" : "POST" })).toMatchObject({
        status: 403,
        body: { code: "AccessDenied" },
      });
    const { body } = await call(verifying, "status", guest);
    expect(body).toMatchObject({ caller: { account: guestAccount } });
    for (const name of ["data", "pid", "memory"]) expect(body).not.toHaveProperty(name);
  });

  it("answers health and metrics to everybody", async () => {
    expect(await call(verifying, "health")).toMatchObject({ status: 200, body: { status: "ok" } });
    expect((await send(`${verifying.url}/_millrace/metrics`, undefined)).status).toBe(200);
  });
});

describe("other origins", () => {
  const refused = { status: 403, body: { code: "CrossOriginRequest" } };

  it.each([
    { origin: "https://evil.example" },
    { origin: "null" },
    { origin: "http://127.0.0.1:1" },
    { "sec-fetch-site": "cross-site" },
    { "sec-fetch-site": "same-site" },
  ])("are refused: %j", async (headers) => {
    for (const millrace of [trusting, verifying]) {
      expect(await call(millrace, "reset", root, { method: "POST", headers })).toMatchObject(refused);
      expect(await call(millrace, "health", undefined, { headers })).toMatchObject(refused);
    }
  });

  it("are told from one's own", async () => {
    const headers = { origin: trusting.url, "sec-fetch-site": "same-origin" };
    expect(await call(trusting, "status", undefined, { headers })).toMatchObject({ status: 200 });
  });

  it.each([
    ["evil.example", 403],
    ["localhost.evil.example", 403],
    ["127.0.0.1.evil.example", 403],
    ["localhost", 200],
    ["127.0.0.1", 200],
    ["[::1]", 200],
    ["s3.localhost.localstack.cloud", 200],
    ["millrace", 200],
  ])("cannot borrow this machine by a name of theirs: %s", async (host, status) => {
    expect(await rawStatus(trusting.port, `Host: ${host}:${trusting.port}`)).toBe(status);
    // Where signatures are checked, a name gives nothing away.
    expect(await rawStatus(verifying.port, `Host: ${host}:${verifying.port}`)).toBe(200);
  });
});

describe("hostile input", () => {
  it("names what it does not know, and takes no path for another", async () => {
    for (const path of ["nothing", "status/", "Status", "x%2f..%2fstatus", "accounts//x", "requests/1"]) {
      const { status, body } = await call(trusting, path);
      expect([path, status, body["code"]]).toEqual([path, 404, "NotFound"]);
    }
    expect(await call(trusting, "accounts/%ff", undefined, { method: "POST" })).toMatchObject({
      status: 400,
    });
    expect(await call(trusting, "accounts/12", undefined, { method: "POST" })).toMatchObject({ status: 404 });
    expect(await call(trusting, "status", undefined, { method: "POST" })).toMatchObject({ status: 404 });
    expect(await call(trusting, "reset")).toMatchObject({ status: 404 });
  });

  it("reads no body beyond its bound", async () => {
    const body = "x".repeat(64 * 1024 + 1);
    expect(await call(trusting, "reset", undefined, { method: "POST", body })).toMatchObject({
      status: 413,
      body: { code: "RequestEntityTooLarge" },
    });
  });

  it.each([
    "after=-1",
    "after=x",
    "after=1e3",
    "limit=0",
    "limit=2001",
    "waitMs=20001",
    "waitMs=NaN",
    "after=9999999999999999",
  ])("refuses the cursor %s", async (query) => {
    expect(await call(trusting, `requests?${query}`)).toMatchObject({
      status: 400,
      body: { code: "BadRequest" },
    });
  });

  it("refuses to reset what is not there, and resets nothing", async () => {
    const kinesis = new KinesisClient(optionsOf(trusting, anyKey));
    await kinesis.send(new CreateStreamCommand({ StreamName: "kept", ShardCount: 1 }));
    expect(
      await call(trusting, "reset?services=kinesis,nothing", undefined, { method: "POST" }),
    ).toMatchObject({
      status: 400,
      body: { message: expect.stringContaining("There is no service nothing here") },
    });
    expect((await kinesis.send(new ListStreamsCommand())).StreamNames).toEqual(["kept"]);
  });
});

describe("reset", () => {
  it("empties the services that are named, and no other", async () => {
    const kinesis = new KinesisClient(optionsOf(trusting, anyKey));
    const s3 = new S3Client({ ...optionsOf(trusting, anyKey), forcePathStyle: true });
    await kinesis.send(new CreateStreamCommand({ StreamName: "stays", ShardCount: 1 }));
    await s3.send(new CreateBucketCommand({ Bucket: "goes" }));
    expect(await call(trusting, "reset?services=s3", undefined, { method: "POST" })).toMatchObject({
      status: 200,
    });
    expect((await s3.send(new ListBucketsCommand())).Buckets ?? []).toEqual([]);
    expect((await kinesis.send(new ListStreamsCommand())).StreamNames).toContain("stays");
    expect(await call(trusting, "reset", undefined, { method: "POST" })).toMatchObject({ status: 200 });
    expect((await kinesis.send(new ListStreamsCommand())).StreamNames).toEqual([]);
  });
});

describe("requests", () => {
  it("tells in verify mode who was let in by what, and who was refused why", async () => {
    const reader = await userWith("reader", { Effect: "Allow", Action: "kinesis:List*", Resource: "*" });
    const denied = await userWith("denied", { Effect: "Deny", Action: "*", Resource: "*" });
    const { body } = await call(verifying, "requests?limit=2000", root);
    const after = Number(body["next"]);
    const list = (key: TestKey): Promise<unknown> =>
      new KinesisClient(optionsOf(verifying, key)).send(new ListStreamsCommand()).catch(() => undefined);
    for (const key of [root, reader, denied, { ...reader, secretKey: "wrong" }]) await list(key);
    await new KinesisClient(optionsOf(verifying, reader))
      .send(new CreateStreamCommand({ StreamName: "s", ShardCount: 1 }))
      .catch(() => undefined);
    const items =
      (await call(verifying, `requests?after=${after}&waitMs=2000&service=kinesis`, root)).body.items ?? [];
    expect(items).toMatchObject([
      { decision: "allowed", decidedBy: "root", principal: `arn:aws:iam::${account}:root`, code: "OK" },
      {
        decision: "allowed",
        decidedBy: "identity-based policy",
        principal: `arn:aws:iam::${account}:user/reader`,
      },
      { decision: "denied", decidedBy: "identity-based policy", code: "AccessDeniedException", status: 400 },
      { decision: "unauthenticated", principal: "", code: "InvalidSignatureException" },
      {
        decision: "denied",
        resource: `arn:aws:kinesis:us-east-1:${account}:stream/s`,
        operation: "CreateStream",
      },
    ]);
  });

  it("waits for what is not there yet, and filters", async () => {
    const kinesis = new KinesisClient(optionsOf(trusting, anyKey));
    const after = Number((await call(trusting, "requests?limit=2000")).body["next"]);
    const waiting = call(trusting, `requests?after=${after}&waitMs=20000&operation=createstream`);
    await kinesis.send(new ListStreamsCommand());
    await kinesis.send(new CreateStreamCommand({ StreamName: "awaited", ShardCount: 1 }));
    const { body } = await waiting;
    expect(body.items).toMatchObject([
      { operation: "CreateStream", decision: "trust", code: "OK", region: "us-east-1" },
    ]);
    expect(Number(body["next"])).toBeGreaterThanOrEqual(after + 2);
  });

  it("answers many readers at once", async () => {
    const after = Number((await call(trusting, "requests?limit=2000")).body["next"]);
    const readers = Array.from({ length: 300 }, () => call(trusting, `requests?after=${after}&waitMs=5000`));
    await new KinesisClient(optionsOf(trusting, anyKey)).send(new ListStreamsCommand());
    const answers = await Promise.all(readers);
    expect(answers.every(({ status }) => status === 200)).toBe(true);
    expect(answers.filter(({ body }) => (body.items ?? []).length > 0).length).toBeGreaterThanOrEqual(256);
  });
});

describe("status", () => {
  it("says what runs where", async () => {
    expect((await call(trusting, "status")).body).toMatchObject({
      version: expect.any(String),
      node: process.version,
      pid: process.pid,
      auth: "trust",
      account,
      data: { isKept: false },
      memory: { rssBytes: expect.any(Number) },
      endpoints: { http: trusting.url, sql: { host: "127.0.0.1", port: trusting.sql?.port } },
      console: `${trusting.url}/_millrace/console/`,
      services: { kinesis: "running", redshift: expect.any(String) },
      durability: "memory",
    });
  });
});

/** The status of a request whose host is not where it goes to. */
function rawStatus(port: number, hostLine: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, "127.0.0.1", () =>
      socket.write(`GET /_millrace/health HTTP/1.1\r\n${hostLine}\r\nConnection: close\r\n\r\n`),
    );
    let text = "";
    socket.on("data", (chunk) => {
      text += chunk.toString();
    });
    socket.on("end", () => resolve(Number(text.split(" ")[1])));
    socket.on("error", reject);
  });
}
