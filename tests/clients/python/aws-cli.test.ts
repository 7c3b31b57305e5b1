import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { MillraceProcess } from "../../fixtures/millrace-process.ts";
import { type CommandResult, runCommand } from "../../fixtures/run-command.ts";
import { virtualEnvironment } from "./virtual-environment.ts";

const stream = ["--stream-name", "cli"] as const;
let millrace: MillraceProcess;
let aws: string;

beforeAll(async () => {
  ({ aws } = await virtualEnvironment());
  millrace = await MillraceProcess.start();
});
afterAll(() => millrace.dispose());

describe("the AWS CLI", () => {
  it("creates a stream, puts a record and reads it", async () => {
    await kinesis("create-stream", ...stream, "--shard-count", "2");
    await kinesis("wait", "stream-exists", ...stream);
    const summary = await kinesis("describe-stream-summary", ...stream);
    expect(summary).toMatchObject({
      StreamDescriptionSummary: {
        StreamName: "cli",
        StreamARN: "arn:aws:kinesis:us-east-1:000000000000:stream/cli",
        StreamStatus: "ACTIVE",
        OpenShardCount: 2,
      },
    });
    const put = await kinesis(
      ...["put-record", ...stream, "--partition-key", "one", "--data", "hello"],
      ...["--explicit-hash-key", "0"],
    );
    expect(put).toMatchObject({ ShardId: "shardId-000000000000" });
    const { ShardIterator } = await kinesis(
      ...["get-shard-iterator", ...stream, "--shard-id", "shardId-000000000000"],
      ...["--shard-iterator-type", "TRIM_HORIZON"],
    );
    const got = await kinesis("get-records", "--shard-iterator", `${ShardIterator}`);
    const { SequenceNumber } = put;
    expect(got).toMatchObject({ Records: [{ Data: "aGVsbG8=", PartitionKey: "one", SequenceNumber }] });
  });

  it("puts a batch, and a file as it is", async () => {
    await kinesis("create-stream", "--stream-name", "binary", "--shard-count", "1");
    await kinesis("wait", "stream-exists", "--stream-name", "binary");
    const put = await kinesis(
      ...["put-records", "--stream-name", "binary", "--records"],
      ...["PartitionKey=a,Data=first", "PartitionKey=b,Data=second"],
    );
    expect(put).toMatchObject({ FailedRecordCount: 0, Records: [{}, {}] });
    const file = join(import.meta.dirname, "requirements.txt");
    await kinesis(
      ...["put-record", "--stream-name", "binary", "--partition-key", "c", "--data", `fileb://${file}`],
    );
    const { ShardIterator } = await kinesis(
      ...["get-shard-iterator", "--stream-name", "binary", "--shard-id", "shardId-000000000000"],
      ...["--shard-iterator-type", "TRIM_HORIZON"],
    );
    const { Records } = await kinesis("get-records", "--shard-iterator", `${ShardIterator}`);
    const contents = [Buffer.from("first"), Buffer.from("second"), await readFile(file)];
    expect(Records).toMatchObject(contents.map((data) => ({ Data: data.toString("base64") })));
  });

  it("describes streams, lists shards and reshards", async () => {
    await kinesis("create-stream", "--stream-name", "grown", "--shard-count", "1");
    await kinesis("wait", "stream-exists", "--stream-name", "grown");
    const scaled = await kinesis(
      ...["update-shard-count", "--stream-name", "grown", "--target-shard-count", "2"],
      ...["--scaling-type", "UNIFORM_SCALING"],
    );
    expect(scaled).toMatchObject({ CurrentShardCount: 1, TargetShardCount: 2 });
    await kinesis("wait", "stream-exists", "--stream-name", "grown");
    expect(await kinesis("describe-stream", "--stream-name", "grown")).toMatchObject({
      StreamDescription: {
        StreamStatus: "ACTIVE",
        Shards: [
          { ShardId: "shardId-000000000000" },
          { ShardId: "shardId-000000000001", ParentShardId: "shardId-000000000000" },
          { ShardId: "shardId-000000000002", ParentShardId: "shardId-000000000000" },
        ],
      },
    });
    const { Shards } = await kinesis(
      "list-shards",
      "--stream-name",
      "grown",
      "--shard-filter",
      "Type=AT_LATEST",
    );
    expect(Shards).toHaveLength(2);
  });

  it("pages by itself", async () => {
    for (let i = 0; i < 5; i++)
      await kinesis(
        "create-stream",
        "--stream-name",
        `paged-${i}`,
        "--stream-mode-details",
        "StreamMode=ON_DEMAND",
      );
    const listed = await kinesis("list-streams", "--page-size", "2");
    expect(listed).toMatchObject({
      StreamNames: expect.arrayContaining(["paged-0", "paged-1", "paged-2", "paged-3", "paged-4"]),
    });
  });

  it("shows errors with their code and operation, and fails", async () => {
    const { exitCode, stderr } = await run("describe-stream", "--stream-name", "nowhere");
    expect(exitCode).toBe(255);
    expect(stderr).toContain(
      "An error occurred (ResourceNotFoundException) when calling the DescribeStream operation: " +
        "Stream nowhere under account 000000000000 not found.",
    );
  });
});

function run(...args: readonly string[]): Promise<CommandResult> {
  return runCommand([aws, "kinesis", ...args], {
    environment: {
      AWS_ENDPOINT_URL: millrace.url,
      AWS_ACCESS_KEY_ID: "test",
      AWS_SECRET_ACCESS_KEY: "test",
      AWS_DEFAULT_REGION: "us-east-1",
      AWS_DEFAULT_OUTPUT: "json",
      AWS_PAGER: "",
      AWS_CONFIG_FILE: "/dev/null",
      AWS_SHARED_CREDENTIALS_FILE: "/dev/null",
    },
  });
}

/** A call that must succeed, with what it printed. */
async function kinesis(...args: readonly string[]): Promise<Readonly<Record<string, unknown>>> {
  const { exitCode, stdout, stderr } = await run(...args);
  if (exitCode !== 0) throw new Error(`aws kinesis ${args.join(" ")} ended with ${exitCode}: ${stderr}`);
  return stdout.trim() === "" ? {} : JSON.parse(stdout);
}
