import { describe, expect, it } from "vitest";
import type { LogFiles } from "../../kernels/log/files.ts";
import { nodeFiles } from "../../kernels/log/node-files.ts";
import type { StreamDocument } from "./document.ts";
import { account, codeOf, TestKinesis, texts } from "./test-kinesis.ts";

/** A document that cannot be written down. */
const unwritable = (document: StreamDocument): StreamDocument =>
  Object.assign({ ...document, retentionHours: 99 }, { toJSON: () => JSON.parse("not JSON") });

describe("StreamTable.change", () => {
  it("runs the changes of a stream one after the other, each on the outcome of the last", async () => {
    await using kinesis = await TestKinesis.start();
    const stream = await kinesis.stream();
    const seen: number[] = [];
    await Promise.all(
      Array.from({ length: 20 }, () =>
        kinesis.state.streams.change(stream, (document) => {
          seen.push(document.retentionHours);
          return { ...document, retentionHours: document.retentionHours + 1 };
        }),
      ),
    );
    expect(seen).toEqual(Array.from({ length: 20 }, (_, i) => 24 + i));
    const [, stored] = kinesis.store.all<StreamDocument>("streams")[0] ?? [];
    expect(stored).toEqual(stream.document);
  });

  it("changes nothing when the change or its commit fails, and goes on with the next", async () => {
    await using kinesis = await TestKinesis.start();
    const stream = await kinesis.stream();
    const before = stream.document;
    const { streams } = kinesis.state;
    const refusing = streams.change(stream, () => {
      throw new Error("refused");
    });
    const failing = streams.change(stream, unwritable);
    const working = streams.change(stream, (document) => ({ ...document, tags: { a: "b" } }));
    await expect(refusing).rejects.toThrow("refused");
    await expect(failing).rejects.toThrow(SyntaxError);
    await working;
    expect(stream.document).toEqual({ ...before, tags: { a: "b" } });
  });

  it("shows a change only after it is durable", async () => {
    await using kinesis = await TestKinesis.start();
    const stream = await kinesis.stream();
    const changing = kinesis.state.streams.change(stream, (document) => ({ ...document, tags: { a: "b" } }));
    kinesis.store.close();
    await expect(changing).rejects.toThrow("the store is closed");
    expect(stream.document.tags).toEqual({});
  });

  it("does not bring a removed stream back", async () => {
    await using kinesis = await TestKinesis.start({ onDisk: true });
    const stream = await kinesis.stream();
    const { streams } = kinesis.state;
    const before = streams.change(stream, (document) => ({ ...document, tags: { a: "b" } }));
    const removing = streams.remove(stream);
    const after = streams.change(stream, (document) => ({ ...document, tags: { c: "d" } }));
    await before;
    await removing;
    expect(await codeOf(after)).toBe("ResourceNotFoundException");
    await streams.remove(stream);
    expect(kinesis.store.all("streams")).toEqual([]);
    await kinesis.restart();
    expect(kinesis.state.streams.size).toBe(0);
  });
});

describe("StreamTable.create", () => {
  it("leaves the name free when the commit fails", async () => {
    await using kinesis = await TestKinesis.start();
    const { document } = await kinesis.stream({ StreamName: "other" });
    const broken = unwritable({ ...document, name: "orders", id: "abcdefghijklmnopqrst-uvw" });
    await expect(kinesis.state.streams.create(broken)).rejects.toThrow(SyntaxError);
    expect(kinesis.state.streams.get(account, "us-east-1", "orders")).toBeUndefined();
    await kinesis.stream();
  });
});

describe("transitional states", () => {
  it("end as soon as the disk works again", async () => {
    let failures = 0;
    const files: LogFiles = {
      ...nodeFiles,
      async makeDirectory(directory) {
        if (failures-- > 0) throw Object.assign(new Error("ENOSPC: mkdir"), { code: "ENOSPC" });
        await nodeFiles.makeDirectory(directory);
      },
    };
    await using kinesis = await TestKinesis.start({ onDisk: true, files });
    const stream = await kinesis.stream({ ShardCount: 2 });
    await kinesis.put(stream, "before", "a");
    await kinesis.run("SplitShard", { StreamName: "orders", ShardToSplit: "0", NewStartingHashKey: "9" });
    failures = 2;
    await kinesis.pass();
    expect(stream.document.status).toBe("UPDATING");
    expect(kinesis.logged).toEqual(["timed work of a stream failed: ENOSPC: mkdir"]);
    expect((await kinesis.put(stream, "meanwhile", "a")).shard).toBe("shardId-000000000000");
    await kinesis.pass(1_000);
    expect(stream.document.status).toBe("UPDATING");
    await kinesis.pass(1_000);
    expect(stream.document.status).toBe("ACTIVE");
    expect(stream.openShards.map(({ id }) => id.at(-1))).toEqual(["1", "2", "3"]);
    expect(texts(await kinesis.records(stream))).toEqual(["before", "meanwhile"]);
    expect((await kinesis.put(stream, "after", "a")).shard).toBe("shardId-000000000003");
  });

  it("do not begin again after a reset", async () => {
    await using kinesis = await TestKinesis.start();
    await kinesis.stream({ ShardCount: 2 });
    await kinesis.run("CreateStream", { StreamName: "new", ShardCount: 1 });
    await kinesis.run("DeleteStream", { StreamName: "orders" });
    await kinesis.state.reset();
    await kinesis.pass();
    expect([kinesis.state.streams.size, await kinesis.logs.list(), kinesis.logged]).toEqual([0, [], []]);
    expect(kinesis.store.all("streams")).toEqual([]);
  });
});
