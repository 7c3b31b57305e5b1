import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CreateStreamCommand, KinesisClient, ListStreamsCommand } from "@aws-sdk/client-kinesis";
import { CreateBucketCommand, ListBucketsCommand, S3Client } from "@aws-sdk/client-s3";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createMillrace, type Millrace, type MillraceOptions } from "../../embedding/index.ts";
import { loadSnapshot, saveSnapshot } from "./index.ts";

let folder = "";
let file = "";
const running: Millrace[] = [];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "millrace-snapshots-"));
  file = join(folder, "state.tar.zst");
});
afterEach(async () => {
  for (const millrace of running.splice(0)) await millrace.close();
  await rm(folder, { recursive: true, force: true });
});

async function start(options: MillraceOptions = {}): Promise<Millrace> {
  const millrace = await createMillrace({ transitionMs: 0, logLevel: "silent", ...options });
  running.push(millrace);
  return millrace;
}

const make = (millrace: Millrace, Bucket: string): Promise<unknown> =>
  new S3Client(millrace.awsConfig()).send(new CreateBucketCommand({ Bucket }));
const bucketsOf = async (config: ConstructorParameters<typeof S3Client>[0]): Promise<unknown> =>
  ((await new S3Client(config ?? {}).send(new ListBucketsCommand())).Buckets ?? []).map(({ Name }) => Name);
const path = (millrace: Millrace): string => `${millrace.url}/_millrace/snapshot`;

describe("snapshots of a Millrace that runs", () => {
  it("hold all state, and replace all of it", async () => {
    const millrace = await start();
    await make(millrace, "earlier");
    const manifest = await millrace.snapshot.save(file);
    expect(manifest).toMatchObject({ account: "000000000000", masterKey: { kind: "included" } });
    await make(millrace, "later");
    await new KinesisClient(millrace.awsConfig()).send(
      new CreateStreamCommand({ StreamName: "later", ShardCount: 1 }),
    );
    expect(await millrace.snapshot.load(file)).toMatchObject({ manifest, notes: [] });
    expect(await bucketsOf(millrace.awsConfig())).toEqual(["earlier"]);
    const kinesis = new KinesisClient(millrace.awsConfig());
    expect((await kinesis.send(new ListStreamsCommand())).StreamNames).toEqual([]);
  });

  it("are refused where nothing is kept, in the words of the API", async () => {
    const millrace = await start({ durability: "memory" });
    await expect(millrace.snapshot.save(file)).rejects.toThrow("--durability interval");
    const saved = await fetch(path(millrace));
    expect([saved.status, await saved.json()]).toEqual([
      409,
      { code: "Conflict", message: expect.stringContaining("nothing on disk") },
    ]);
    expect((await fetch(path(millrace), { method: "PUT", body: "x" })).status).toBe(409);
  });

  it("are made by GET alone, and loaded from what is one", async () => {
    const millrace = await start();
    await make(millrace, "earlier");
    expect((await fetch(path(millrace), { method: "HEAD" })).status).toBe(400);
    for (const body of ["", "no snapshot", Buffer.alloc(3_000_000, 1)]) {
      const answer = await fetch(path(millrace), { method: "PUT", body });
      expect([answer.status, await answer.json()]).toEqual([
        400,
        { code: "InvalidSnapshot", message: expect.stringContaining("not a whole snapshot") },
      ]);
    }
    expect(await bucketsOf(millrace.awsConfig())).toEqual(["earlier"]);
  });

  it("are loaded one at a time, and many saved at once", async () => {
    const millrace = await start();
    await make(millrace, "earlier");
    const saved = await Promise.all(
      Array.from({ length: 4 }, async () => Buffer.from(await (await fetch(path(millrace))).arrayBuffer())),
    );
    await make(millrace, "later");
    const answers = await Promise.all(
      saved.map(async (body) => (await fetch(path(millrace), { method: "PUT", body })).status),
    );
    expect(answers.filter((status) => status !== 200 && status !== 409)).toEqual([]);
    expect(answers).toContain(200);
    expect(await bucketsOf(millrace.awsConfig())).toEqual(["earlier"]);
  });

  it("leave everything as it was when they cannot be opened", async () => {
    const data = join(folder, "broken");
    const made = await createMillrace({ data, transitionMs: 0 });
    await new KinesisClient(made.awsConfig()).send(
      new CreateStreamCommand({ StreamName: "broken", ShardCount: 1 }),
    );
    await made.close();
    await writeFile(
      join(data, "kinesis/state.sqlite"),
      "this is no database at all, but long enough for one",
    );
    await saveSnapshot(data, file);
    const millrace = await start();
    await make(millrace, "earlier");
    const answer = await fetch(path(millrace), { method: "PUT", body: await readFile(file) });
    expect([answer.status, await answer.json()]).toEqual([
      409,
      { code: "SnapshotNotOpened", message: expect.stringContaining("everything is as it was") },
    ]);
    expect(await bucketsOf(millrace.awsConfig())).toEqual(["earlier"]);
    await make(millrace, "goes-on");
    expect(await bucketsOf(millrace.awsConfig())).toEqual(["earlier", "goes-on"]);
  });

  it("bring their own keys, where signatures are verified", async () => {
    const account = "111111111111";
    const first = await start({ auth: "verify", account });
    await make(first, "earlier");
    await first.snapshot.save(file);
    expect((await fetch(path(first))).status).toBe(403);
    const second = await start({ auth: "verify", account });
    const own = second.awsConfig();
    await second.snapshot.load(file);
    expect(await bucketsOf({ ...first.awsConfig(), endpoint: second.url })).toEqual(["earlier"]);
    await expect(bucketsOf(own)).rejects.toThrow(/does not exist/);
  });

  it("make a root credential where they have none, and say what is different here", async () => {
    const trusting = await start();
    await make(trusting, "earlier");
    await trusting.snapshot.save(file);
    const verifying = await start({ auth: "verify", account: "111111111111" });
    const loaded = await verifying.snapshot.load(file);
    expect(loaded.notes).toEqual([expect.stringContaining("--account 000000000000")]);
    const { accessKeyId = "", secretKey = "" } = loaded.rootCredential ?? {};
    const credentials = { accessKeyId, secretAccessKey: secretKey };
    expect(await bucketsOf({ ...verifying.awsConfig(), credentials })).toEqual([]);
  });

  it("need the same master key, where it is given", async () => {
    const [key, other] = [Buffer.alloc(32, 1).toString("base64"), Buffer.alloc(32, 2).toString("base64")];
    const millrace = await start({ masterKey: key });
    await make(millrace, "earlier");
    expect(await millrace.snapshot.save(file)).toMatchObject({ masterKey: { kind: "given" } });
    const same = await start({ masterKey: key });
    expect((await same.snapshot.load(file)).notes).toHaveLength(1);
    expect(await bucketsOf(same.awsConfig())).toEqual(["earlier"]);
    for (const options of [{}, { masterKey: other }]) {
      const answer = await fetch(path(await start(options)), { method: "PUT", body: await readFile(file) });
      expect([answer.status, await answer.json()]).toMatchObject([409, { code: "WrongMasterKey" }]);
    }
    await expect(loadSnapshot(join(folder, "offline"), file)).rejects.toThrow("--master-key");
  });
});
