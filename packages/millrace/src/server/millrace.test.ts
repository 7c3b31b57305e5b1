import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CloudWatchLogsClient, DescribeLogGroupsCommand } from "@aws-sdk/client-cloudwatch-logs";
import {
  CreateCrawlerCommand,
  GlueClient,
  ListCrawlsCommand,
  StartCrawlerCommand,
} from "@aws-sdk/client-glue";
import { CreateStreamCommand, KinesisClient, ListStreamsCommand } from "@aws-sdk/client-kinesis";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { ConfigurationError, createMillrace, type Millrace, type MillraceOptions } from "../index.ts";

let dir = "";
const running: Millrace[] = [];
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), "millrace-"));
});
afterEach(async () => {
  await Promise.all(running.splice(0).map((millrace) => millrace.close()));
  rmSync(dir, { recursive: true });
});

async function start(options: MillraceOptions = {}): Promise<Millrace> {
  const millrace = await createMillrace({ data: dir, transitionMs: 0, ...options });
  running.push(millrace);
  return millrace;
}

const credentials = { accessKeyId: "test", secretAccessKey: "test" };

function clientOf({ url }: Millrace): KinesisClient {
  return new KinesisClient({ endpoint: url, region: "us-east-1", credentials, maxAttempts: 1 });
}

const names = async (millrace: Millrace): Promise<readonly string[] | undefined> =>
  (await clientOf(millrace).send(new ListStreamsCommand())).StreamNames;

describe("createMillrace", () => {
  it("runs several side by side, each with its own state", async () => {
    const [first, second] = [await start({ durability: "memory" }), await start({ durability: "memory" })];
    await clientOf(first).send(new CreateStreamCommand({ StreamName: "only-here", ShardCount: 1 }));
    expect(await names(first)).toEqual(["only-here"]);
    expect(await names(second)).toEqual([]);
  });

  it("keeps its state over a restart, and forgets it when it is reset", async () => {
    const first = await start();
    await clientOf(first).send(new CreateStreamCommand({ StreamName: "kept", ShardCount: 1 }));
    await first.close();
    running.length = 0;
    const second = await start();
    expect(await names(second)).toEqual(["kept"]);
    await second.reset();
    expect(await names(second)).toEqual([]);
  });

  it("forgets at POST reset what services keep in each other's names", async () => {
    const millrace = await start({ durability: "memory" });
    const options = { endpoint: millrace.url, region: "us-east-1", credentials };
    const glue = new GlueClient(options);
    const Targets = { S3Targets: [{ Path: "s3://nowhere/" }] };
    await glue.send(new CreateCrawlerCommand({ Name: "c", Role: "any", DatabaseName: "d", Targets }));
    await glue.send(new StartCrawlerCommand({ Name: "c" }));
    await vi.waitUntil(
      async () =>
        (await glue.send(new ListCrawlsCommand({ CrawlerName: "c" }))).Crawls?.[0]?.EndTime !== undefined,
      10_000,
    );
    await fetch(`${millrace.url}/_millrace/reset`, { method: "POST" });
    const logs = new CloudWatchLogsClient(options);
    expect((await logs.send(new DescribeLogGroupsCommand())).logGroups).toEqual([]);
  });

  it("refuses a service that it does not have, and a port that is taken", async () => {
    await expect(start({ services: ["kinesis", "sqs"] })).rejects.toThrow(/--services sqs/);
    const { port } = await start({ durability: "memory" });
    await expect(start({ durability: "memory", port })).rejects.toThrow(ConfigurationError);
  });

  it("answers health and metrics, and 404 for other paths of its own", async () => {
    const { url } = await start({ durability: "memory" });
    expect(await (await fetch(`${url}/_millrace/health`)).json()).toMatchObject({
      status: "ok",
      services: { kinesis: "available" },
    });
    const metrics = await fetch(`${url}/_millrace/metrics`);
    expect(metrics.headers.get("content-type")).toContain("text/plain");
    expect(await metrics.text()).toContain("process_resident_memory_bytes");
    expect((await fetch(`${url}/_millrace/nothing`)).status).toBe(404);
    expect((await fetch(`${url}/_millrace/reset`, { method: "POST" })).status).toBe(200);
    expect((await fetch(`${url}/_millrace/reset`)).status).toBe(404);
    expect((await fetch(`${url}/_millrace/accounts/333333333333`, { method: "POST" })).status).toBe(409);
  });
});
