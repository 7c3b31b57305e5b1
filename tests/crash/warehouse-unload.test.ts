import { setTimeout as sleep } from "node:timers/promises";
import { CreateBucketCommand, type S3Client } from "@aws-sdk/client-s3";
import { Client } from "pg";
import { afterEach, expect, it } from "vitest";
import { objectsOf } from "../fixtures/firehose-client.ts";
import { MillraceProcess } from "../fixtures/millrace-process.ts";
import { s3Client } from "../fixtures/s3-client.ts";

const rounds = 10;
const tableRows = 262_144;
const role = "iam_role 'arn:aws:iam::000000000000:role/warehouse'";

interface Manifest {
  readonly entries: readonly { readonly url: string; readonly meta: { readonly content_length: number } }[];
  readonly meta: { readonly record_count: number };
}

let millrace: MillraceProcess | undefined;
let s3: S3Client | undefined;
afterEach(async () => {
  s3?.destroy();
  await millrace?.dispose();
});

async function connect(port: number): Promise<Client> {
  const client = new Client({ host: "127.0.0.1", port, user: "awsuser", password: "x", database: "dev" });
  client.on("error", () => undefined);
  await client.connect();
  return client;
}

async function fill(client: Client): Promise<void> {
  await client.query("create table big (n int, word varchar(40)) diststyle even");
  await client.query("insert into big values (0, md5('0'))");
  for (let rows = 1; rows < tableRows; rows *= 2)
    await client.query("insert into big select n + (select max(n) + 1 from big), md5(n::varchar) from big");
}

/** A manifest names whole files that hold all rows. @returns whether there is one */
async function checkManifest(client: S3Client, prefix: string): Promise<boolean> {
  const files = await objectsOf(client, "lake", prefix);
  const manifest = files.find(({ key }) => key === `${prefix}manifest`);
  const data = files.filter((file) => file !== manifest);
  // What lies there without one is whole files, each of them with whole lines.
  for (const { bytes } of data) if (bytes.length > 0) expect(bytes.at(-1)).toBe(0x0a);
  if (manifest === undefined) return false;
  const { entries, meta } = JSON.parse(manifest.bytes.toString()) as Manifest;
  expect(meta.record_count).toBe(tableRows);
  expect(entries.map(({ url }) => url)).toEqual(data.map(({ key }) => `s3://lake/${key}`));
  expect(entries.map((entry) => entry.meta.content_length)).toEqual(data.map(({ bytes }) => bytes.length));
  const numbers = data.flatMap(({ bytes }) => bytes.toString().trimEnd().split("\n")).map(Number.parseFloat);
  expect(new Set(numbers).size).toBe(tableRows);
  return true;
}

it("an UNLOAD that is killed leaves no manifest, or a true one", async () => {
  millrace = await MillraceProcess.start();
  s3 = s3Client(millrace.url);
  await s3.send(new CreateBucketCommand({ Bucket: "lake" }));
  let client = await connect(millrace.sqlPort);
  await fill(client);
  let finished = 0;
  let unfinished = 0;
  for (let round = 0; round < rounds; round++) {
    const prefix = `round-${round}/`;
    const unload = `unload ('select n, word from big') to 's3://lake/${prefix}' ${role} csv manifest verbose`;
    const acknowledged = client.query(unload).then(
      () => true,
      () => false,
    );
    // The last round is let go; the others are killed at times that spread over an UNLOAD's length.
    if (round < rounds - 1) {
      await sleep((round * 1_000) / rounds);
      await millrace.kill();
    }
    const wasAcknowledged = await acknowledged;
    if (round < rounds - 1) {
      await millrace.start();
      client = await connect(millrace.sqlPort);
    }
    const isThere = await checkManifest(s3, prefix);
    if (wasAcknowledged) expect(isThere, `round ${round}`).toBe(true);
    if (isThere) finished++;
    else unfinished++;
    // What a crash left is in the way of nobody who says so.
    if (!isThere && round === 1) {
      await client.query(`${unload} allowoverwrite`);
      expect(await checkManifest(s3, prefix)).toBe(true);
    }
    const { rows } = await client.query("select count(*) as rows from big");
    expect(rows).toEqual([{ rows: String(tableRows) }]);
  }
  expect(finished).toBeGreaterThan(0);
  expect(unfinished).toBeGreaterThan(0);
  await client.end();
});
