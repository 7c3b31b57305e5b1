import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { gzipSync } from "node:zlib";
import { CreateDeliveryStreamCommand } from "@aws-sdk/client-firehose";
import {
  type KinesisClient,
  MergeShardsCommand,
  PutRecordsCommand,
  SplitShardCommand,
  waitUntilStreamExists,
} from "@aws-sdk/client-kinesis";
import {
  CreateBucketCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  type S3Client,
} from "@aws-sdk/client-s3";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { firehoseClient } from "../fixtures/firehose-client.ts";
import { createStream, kinesisClient } from "../fixtures/kinesis-client.ts";
import { MillraceProcess, sourceCommand } from "../fixtures/millrace-process.ts";
import { type CommandResult, runCommand } from "../fixtures/run-command.ts";
import { s3Client } from "../fixtures/s3-client.ts";

let millrace: MillraceProcess;
let kinesis: KinesisClient;
let s3: S3Client;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "millrace-cli-data-"));
  millrace = await MillraceProcess.start();
  kinesis = kinesisClient(millrace.url);
  s3 = s3Client(millrace.url);
});

afterAll(async () => {
  for (const client of [kinesis, s3]) client?.destroy();
  await millrace?.dispose();
  await rm(folder, { recursive: true, force: true });
});

function run(...args: readonly string[]): Promise<CommandResult> {
  const [program, ...before] = sourceCommand;
  return runCommand([program, ...before, ...args, "--url", millrace.url]);
}

/** The same with something on its standard input. */
async function runWith(input: string | Uint8Array, ...args: readonly string[]): Promise<CommandResult> {
  const [program, ...before] = sourceCommand;
  const child = spawn(program, [...before, ...args, "--url", millrace.url], { stdio: "pipe" });
  let [stdout, stderr] = ["", ""];
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    stderr += text;
  });
  child.stdin.end(input);
  const [exitCode] = (await once(child, "close")) as [number | null];
  return { exitCode, stdout, stderr };
}

interface Tail {
  readonly lines: readonly string[];
  /** Presses Ctrl-C; answers the exit code. */
  interrupt(): Promise<number | null>;
}

function tail(...args: readonly string[]): Tail {
  const [program, ...before] = sourceCommand;
  const child = spawn(program, [...before, "tail", ...args, "--url", millrace.url], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const lines: string[] = [];
  createInterface({ input: child.stdout }).on("line", (line) => void lines.push(line));
  return {
    lines,
    async interrupt() {
      const closed = once(child, "close");
      child.kill("SIGINT");
      const [exitCode] = (await closed) as [number | null];
      return exitCode;
    },
  };
}

const until = (condition: () => boolean): Promise<unknown> =>
  vi.waitUntil(condition, { timeout: 60_000, interval: 50 });

const texts = (lines: readonly string[]): readonly unknown[] =>
  lines.map((line) => (JSON.parse(line) as { readonly data: unknown }).data);

describe("millrace put and tail", () => {
  it("put lines, with the keys that jq finds, and read them back", async () => {
    await createStream(kinesis, "clicks", 2);
    const path = join(folder, "clicks.jsonl");
    const records = Array.from({ length: 1_200 }, (_, n) => ({ user: `u${n % 50}`, n }));
    await writeFile(path, `${records.map((record) => JSON.stringify(record)).join("\n")}\n\n`);
    expect(await run("put", "clicks", `@${path}`, "--key", ".user")).toMatchObject({
      exitCode: 0,
      stderr: "Put 1,200 records into the stream clicks.\n",
    });
    const { stdout } = await run("tail", "clicks", "--from", "trim-horizon", "--until-now", "--json");
    const found = stdout
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(found).toHaveLength(records.length);
    for (const { partitionKey, data } of found) expect(partitionKey).toBe(data.user);
    expect(found.map(({ data }) => data.n).sort((a, b) => a - b)).toEqual(records.map(({ n }) => n));
    // In their order for each key.
    const last = new Map<string, number>();
    for (const { data } of found) {
      expect(data.n).toBeGreaterThan(last.get(data.user) ?? -1);
      last.set(data.user, data.n);
    }
    expect(new Set(found.map(({ shardId }) => shardId)).size).toBe(2);
  });

  it("filter with jq, stop at a limit, and show bytes as they came", async () => {
    const filtered = await run(
      "tail",
      "clicks",
      "--from",
      "10m",
      "--until-now",
      "--filter",
      ".n >= 1198",
      "--json",
    );
    expect(texts(filtered.stdout.trim().split("\n"))).toEqual(
      expect.arrayContaining([
        { user: "u48", n: 1198 },
        { user: "u49", n: 1199 },
      ]),
    );
    const other = await run(
      "tail",
      "clicks",
      "--from",
      "trim-horizon",
      "--filter",
      "select(.n == 7) | .user",
      "--limit",
      "1",
    );
    expect(other).toMatchObject({ exitCode: 0, stdout: expect.stringMatching(/ u7 +"u7"\n$/) });
    const raw = await run(
      "tail",
      "clicks",
      "--from",
      "trim-horizon",
      "--limit",
      "3",
      "--raw",
      "--shard",
      "1",
    );
    expect(raw.stdout).toMatch(/^(\{"user":"u\d+","n":\d+\}\n){3}$/);
  });

  it("take standard input, one record a line or as a whole", async () => {
    await createStream(kinesis, "inputs", 1);
    expect(await runWith("one\r\n\ntwo", "put", "inputs")).toMatchObject({ exitCode: 0 });
    expect(
      await runWith(gzipSync(Buffer.from("three\nlines\nhere")), "put", "inputs", "-", "--whole"),
    ).toMatchObject({
      exitCode: 0,
      stderr: "Put 1 record into the stream inputs.\n",
    });
    expect(await run("put", "inputs", "four")).toMatchObject({ exitCode: 0 });
    const { stdout } = await run("tail", "inputs", "--from", "trim-horizon", "--until-now", "--json");
    const found = stdout
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(found.map(({ encoding, data }) => [encoding, data])).toEqual([
      ["text", "one"],
      ["text", "two"],
      ["gzip,text", "three\\nlines\\nhere"],
      ["text", "four"],
    ]);
  });

  it("follow shards that are split and merged, and end cleanly at Ctrl-C", async () => {
    const StreamName = "resharded";
    await createStream(kinesis, StreamName, 1);
    const watching = tail(StreamName, "--from", "trim-horizon", "--json");
    const put = (n: number): Promise<unknown> =>
      kinesis.send(
        new PutRecordsCommand({
          StreamName,
          Records: Array.from({ length: 20 }, (_, index) => ({
            Data: Buffer.from(JSON.stringify(n * 20 + index)),
            PartitionKey: `${index}`,
          })),
        }),
      );
    const active = (): Promise<unknown> =>
      waitUntilStreamExists({ client: kinesis, maxWaitTime: 30, minDelay: 1 }, { StreamName });
    await put(0);
    await kinesis.send(
      new SplitShardCommand({
        StreamName,
        ShardToSplit: "shardId-000000000000",
        NewStartingHashKey: `${2n ** 127n}`,
      }),
    );
    await active();
    await put(1);
    await kinesis.send(
      new MergeShardsCommand({
        StreamName,
        ShardToMerge: "shardId-000000000001",
        AdjacentShardToMerge: "shardId-000000000002",
      }),
    );
    await active();
    await put(2);
    await until(() => watching.lines.length >= 60);
    expect(texts(watching.lines)).toEqual(expect.arrayContaining(Array.from({ length: 60 }, (_, n) => n)));
    expect(watching.lines).toHaveLength(60);
    // Children come after their parents: no record of a later put before one of an earlier one.
    expect(texts(watching.lines).map((n) => Math.floor(Number(n) / 20))).toEqual(
      Array.from({ length: 60 }, (_, index) => Math.floor(index / 20)),
    );
    expect(await watching.interrupt()).toBe(0);
  });

  it("watch from now on, and go on when Millrace has been away", async () => {
    await createStream(kinesis, "lasting", 1);
    await run("put", "lasting", "before");
    const watching = tail("lasting", "--json");
    // Until tail has found the newest record, what is put is before it.
    for (let n = 0; watching.lines.length === 0 && n < 100; n++) await run("put", "lasting", `early ${n}`);
    await millrace.kill();
    await millrace.start();
    await run("put", "lasting", "after");
    await until(() => texts(watching.lines).includes("after"));
    expect(texts(watching.lines)).not.toContain("before");
    expect(new Set(watching.lines).size).toBe(watching.lines.length);
    expect(await watching.interrupt()).toBe(0);
  });

  it("keeps up with many records, each once", async () => {
    await createStream(kinesis, "many", 4);
    const watching = tail("many", "--from", "trim-horizon", "--json");
    const lines = Array.from({ length: 50_000 }, (_, n) => `{"n":${n},"text":"${"x".repeat(100)}"}\n`).join(
      "",
    );
    expect(await runWith(lines, "put", "many")).toMatchObject({ exitCode: 0 });
    await until(() => watching.lines.length >= 50_000);
    const numbers = (texts(watching.lines) as readonly { readonly n: number }[]).map(({ n }) => n);
    expect(new Set(numbers).size).toBe(50_000);
    expect(numbers).toHaveLength(50_000);
    expect(await watching.interrupt()).toBe(0);
  });

  it("puts again what a throttled stream refuses, and says so when that does not end", async () => {
    const throttled = await MillraceProcess.start({ flags: { limits: "enforced" } });
    const client = kinesisClient(throttled.url);
    try {
      await createStream(client, "slow", 1);
      const lines = Array.from({ length: 2_500 }, (_, n) => `${n}\n`).join("");
      const path = join(folder, "slow.txt");
      await writeFile(path, lines);
      const put = ["put", "slow", `@${path}`, "--url", throttled.url] as const;
      const refused = await runCommand([...sourceCommand, ...put, "--retries", "0"]);
      expect(refused.exitCode).toBe(1);
      expect(refused.stderr).toMatch(/were refused after 0 retries, the first with .*Throughput.*--rate/);
      const patient = await runCommand([...sourceCommand, ...put, "--retries", "30"]);
      expect(patient).toMatchObject({ exitCode: 0, stderr: "Put 2,500 records into the stream slow.\n" });
    } finally {
      client.destroy();
      await throttled.dispose();
    }
  });

  it("say what is wrong", async () => {
    const wrong: readonly (readonly [args: readonly string[], exitCode: number, text: string])[] = [
      [["tail", "nothing"], 1, "nothing"],
      [["tail", "clicks", "--from", "tomorrow"], 2, "--from tomorrow is none of"],
      [["tail", "clicks", "--filter", ".a |"], 2, "--filter is no jq expression"],
      [["tail", "clicks", "--raw", "--json"], 2, "exclude each other"],
      [["tail", "clicks", "--shard", "99"], 1, "has no shard shardId-000000000099"],
      [["put", "nothing", "x"], 1, "no stream and no delivery stream nothing"],
      [["put", "clicks", "@/no/such/file"], 2, "/no/such/file cannot be read"],
      [["put", "clicks", "no json", "--key", ".user"], 1, "--key needs records that are JSON"],
      [["put", "clicks", "{}", "--key", ".user"], 1, "--key gives no key"],
      [["put", "clicks", "x", "--rate", "0"], 2, "--rate 0 must be a whole number"],
      [["put", "s3://nobucket/x", "x"], 1, "NoSuchBucket"],
      [["put", "s3://bucket/", "x"], 2, "does not name an object"],
    ];
    for (const [args, exitCode, text] of wrong)
      expect(await run(...args)).toMatchObject({
        exitCode,
        stdout: "",
        stderr: expect.stringContaining(text),
      });
    const away = await runCommand([...sourceCommand, "put", "clicks", "x", "--url", "http://127.0.0.1:9"]);
    expect(away).toMatchObject({ exitCode: 3, stderr: expect.stringContaining("Nothing answers") });
  });
});

describe("millrace put", () => {
  it("puts objects from the command line, files and standard input", async () => {
    await s3.send(new CreateBucketCommand({ Bucket: "shop" }));
    const path = join(folder, "photo.bin");
    const bytes = Buffer.alloc(3_000_000, "photo");
    await writeFile(path, bytes);
    expect(await run("put", "s3://shop/note.txt", "Hello")).toMatchObject({ exitCode: 0 });
    expect(await run("put", "s3://shop/photos/", `@${path}`)).toMatchObject({
      exitCode: 0,
      stderr: "Put 3,000,000 bytes into s3://shop/photos/photo.bin.\n",
    });
    expect(await runWith(bytes, "put", "s3://shop/piped", "-")).toMatchObject({ exitCode: 0 });
    const body = async (Key: string): Promise<Buffer> => {
      const { Body } = await s3.send(new GetObjectCommand({ Bucket: "shop", Key }));
      return Buffer.from((await Body?.transformToByteArray()) ?? []);
    };
    expect((await body("note.txt")).toString()).toBe("Hello");
    expect((await body("photos/photo.bin")).equals(bytes)).toBe(true);
    expect((await body("piped")).equals(bytes)).toBe(true);
  });

  it("puts lines into a delivery stream, which delivers them as lines", async () => {
    const firehose = firehoseClient(millrace.url);
    try {
      await s3.send(new CreateBucketCommand({ Bucket: "delivered" }));
      await firehose.send(
        new CreateDeliveryStreamCommand({
          DeliveryStreamName: "lines",
          ExtendedS3DestinationConfiguration: {
            RoleARN: "arn:aws:iam::000000000000:role/delivery",
            BucketARN: "arn:aws:s3:::delivered",
            BufferingHints: { SizeInMBs: 1, IntervalInSeconds: 1 },
          },
        }),
      );
    } finally {
      firehose.destroy();
    }
    expect(await runWith('{"a":1}\n{"a":2}\n', "put", "lines")).toMatchObject({
      exitCode: 0,
      stderr: "Put 2 records into the delivery stream lines.\n",
    });
    const delivered = await vi.waitUntil(
      async () => {
        const { Contents } = await s3.send(new ListObjectsV2Command({ Bucket: "delivered" }));
        return Contents?.[0]?.Key;
      },
      { timeout: 60_000, interval: 100 },
    );
    const { Body } = await s3.send(new GetObjectCommand({ Bucket: "delivered", Key: delivered }));
    expect(await Body?.transformToString()).toBe('{"a":1}\n{"a":2}\n');
  });
});
