import { describe, expect, it } from "vitest";
import type { OpenFile } from "../../core/open-file.ts";
import type { LogFiles } from "../../kernels/log/files.ts";
import { nodeFiles } from "../../kernels/log/node-files.ts";
import { codeOf, TestKinesis, texts } from "./test-kinesis.ts";

/** A disk on which syncing the files of one log fails while `isBroken`, or that is full while `isFull`. */
class BrokenDisk {
  isBroken = false;
  isFull = false;
  readonly files: LogFiles;

  constructor(logName: string) {
    this.files = {
      ...nodeFiles,
      open: async (path, mode) => {
        const file = await nodeFiles.open(path, mode);
        return path.includes(logName) ? this.#wrap(file) : file;
      },
    };
  }

  #wrap(file: OpenFile): OpenFile {
    return {
      size: () => file.size(),
      read: (into, position) => file.read(into, position),
      truncate: (bytes) => file.truncate(bytes),
      close: () => file.close(),
      writev: (parts, position) => {
        if (this.isFull) throw Object.assign(new Error("ENOSPC: write"), { code: "ENOSPC" });
        return file.writev(parts, position);
      },
      datasync: () => (this.isBroken ? Promise.reject(new Error("EIO: fdatasync")) : file.datasync()),
    };
  }
}

const Records = ["0", (2n ** 127n).toString()].map((ExplicitHashKey) => ({
  Data: Buffer.from(ExplicitHashKey),
  PartitionKey: "k",
  ExplicitHashKey,
}));

async function outcomes(kinesis: TestKinesis): Promise<(string | undefined)[]> {
  const answer = await kinesis.run("PutRecords", { StreamName: "orders", Records });
  return answer.Records?.map(({ ErrorCode, ShardId }) => ErrorCode ?? ShardId) ?? [];
}

const both = ["shardId-000000000000", "shardId-000000000001"];

describe("a shard whose log fails", () => {
  it("takes no records until a restart, and loses none that was acknowledged", async () => {
    const disk = new BrokenDisk(".1/");
    await using kinesis = await TestKinesis.start({ onDisk: true, files: disk.files });
    const stream = await kinesis.stream({ ShardCount: 2 });
    expect(await outcomes(kinesis)).toEqual(both);
    disk.isBroken = true;
    expect(await outcomes(kinesis)).toEqual([both[0], "InternalFailure"]);
    disk.isBroken = false;
    expect(await outcomes(kinesis)).toEqual([both[0], "InternalFailure"]);
    expect(
      await codeOf(
        kinesis.run("PutRecord", { StreamName: "orders", ...(Records[1] ?? { Data: Buffer.of() }) }),
      ),
    ).toBe("InternalFailure");
    expect(await kinesis.records(stream, both[0])).toHaveLength(3);
    expect(await kinesis.records(stream, both[1])).toHaveLength(1);
    await kinesis.restart();
    expect(await outcomes(kinesis)).toEqual(both);
    const kept = await kinesis.records(kinesis.find(), both[1]);
    // The record whose outcome was unknown may be there or not; the acknowledged ones are.
    expect(kept.length).toBeGreaterThanOrEqual(2);
    expect(new Set(kept.map(({ SequenceNumber }) => SequenceNumber)).size).toBe(kept.length);
  });

  it("takes records again when the disk has space", async () => {
    const disk = new BrokenDisk(".1/");
    await using kinesis = await TestKinesis.start({ onDisk: true, files: disk.files });
    const stream = await kinesis.stream({ ShardCount: 2 });
    expect(await outcomes(kinesis)).toEqual(both);
    disk.isFull = true;
    for (let i = 0; i < 3; i++) expect(await outcomes(kinesis)).toEqual([both[0], "InternalFailure"]);
    disk.isFull = false;
    expect(await outcomes(kinesis)).toEqual(both);
    const text = Records[1]?.ExplicitHashKey;
    expect(texts(await kinesis.records(stream, both[1]))).toEqual([text, text]);
    await kinesis.restart();
    expect(texts(await kinesis.records(kinesis.find(), both[1]))).toEqual([text, text]);
  });

  it("does not keep its stream from being resharded or deleted", async () => {
    const disk = new BrokenDisk(".1/");
    await using kinesis = await TestKinesis.start({ onDisk: true, files: disk.files });
    const stream = await kinesis.stream({ ShardCount: 2 });
    disk.isBroken = true;
    await outcomes(kinesis);
    await kinesis.run("MergeShards", { StreamName: "orders", ShardToMerge: "0", AdjacentShardToMerge: "1" });
    await kinesis.pass();
    expect(stream.document.status).toBe("ACTIVE");
    expect(await outcomes(kinesis)).toEqual(["shardId-000000000002", "shardId-000000000002"]);
    expect(stream.shards.get(0)?.log.sealed).toBe(true);
    await kinesis.run("DeleteStream", { StreamName: "orders" });
    await kinesis.pass();
    expect([kinesis.state.streams.size, await kinesis.logs.list()]).toEqual([0, []]);
  });
});
