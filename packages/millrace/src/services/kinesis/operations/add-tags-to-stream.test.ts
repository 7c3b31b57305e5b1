import { describe, expect, it } from "vitest";
import { account, codeOf, errorOf, TestKinesis } from "../test-kinesis.ts";

const tag = (kinesis: TestKinesis, Tags: Record<string, string>): Promise<unknown> =>
  kinesis.run("AddTagsToStream", { StreamName: "orders", Tags });

describe("AddTagsToStream", () => {
  it("adds tags and replaces those of the same key", async () => {
    await using kinesis = await TestKinesis.start();
    const stream = await kinesis.stream({ Tags: { a: "1", b: "2" } });
    await tag(kinesis, { b: "3", "ключ 鍵": "" });
    expect(stream.document.tags).toEqual({ a: "1", b: "3", "ключ 鍵": "" });
  });

  it("takes keys that mean something to JavaScript for keys like any other", async () => {
    await using kinesis = await TestKinesis.start({ onDisk: true });
    await kinesis.stream();
    await tag(kinesis, JSON.parse('{"__proto__":"1","constructor":"2","toString":"3"}'));
    await kinesis.restart();
    const { Tags } = await kinesis.run("ListTagsForStream", { StreamName: "orders" });
    expect(Tags?.map(({ Key }) => Key)).toEqual(["__proto__", "constructor", "toString"]);
    await kinesis.run("RemoveTagsFromStream", {
      StreamName: "orders",
      TagKeys: ["__proto__", "constructor"],
    });
    expect((await kinesis.run("ListTagsForStream", { StreamName: "orders" })).Tags).toHaveLength(1);
  });

  it("keeps all of fifty changes at the same time, and refuses a fifty-first tag", async () => {
    await using kinesis = await TestKinesis.start();
    const stream = await kinesis.stream();
    await Promise.all(Array.from({ length: 50 }, (_, i) => tag(kinesis, { [`k${i}`]: "v" })));
    expect(Object.keys(stream.document.tags)).toHaveLength(50);
    expect((await errorOf(tag(kinesis, { more: "" }))).message).toContain("cannot have more than 50 tags");
    await tag(kinesis, { k0: "replaced" });
  });

  it.each([{ "a;b": "" }, { a: "x\n" }, { "aws:reserved": "" }, { "AWS:reserved": "" }])(
    "refuses %j",
    async (tags: Record<string, string>) => {
      await using kinesis = await TestKinesis.start();
      const stream = await kinesis.stream();
      const { code, message } = await errorOf(tag(kinesis, { fine: "", ...tags }));
      expect(code).toBe("InvalidArgumentException");
      expect(message).toContain(`Failed to add tags to stream orders under account ${account} because`);
      expect(stream.document.tags).toEqual({});
    },
  );

  it("cannot tag a stream that is not there, not yet created, or being deleted", async () => {
    await using kinesis = await TestKinesis.start();
    expect(await codeOf(tag(kinesis, { a: "" }))).toBe("ResourceNotFoundException");
    await kinesis.run("CreateStream", { StreamName: "orders", ShardCount: 1 });
    expect(await codeOf(tag(kinesis, { a: "" }))).toBe("ResourceInUseException");
    await kinesis.pass();
    await kinesis.run("UpdateShardCount", {
      StreamName: "orders",
      TargetShardCount: 2,
      ScalingType: "UNIFORM_SCALING",
    });
    await tag(kinesis, { a: "" });
    await kinesis.pass();
    expect(kinesis.find().document).toMatchObject({ tags: { a: "" }, status: "ACTIVE" });
    await kinesis.run("DeleteStream", { StreamName: "orders" });
    expect(await codeOf(tag(kinesis, { b: "" }))).toBe("ResourceInUseException");
  });

  it("switches the stream's throughput limits by its tags", async () => {
    await using kinesis = await TestKinesis.start({ random: () => 0.5 });
    const stream = await kinesis.stream();
    await tag(kinesis, { "millrace:limits": "fault", "millrace:fault-rate": "0.6" });
    expect(await codeOf(kinesis.put(stream, "x"))).toBe("ProvisionedThroughputExceededException");
    await tag(kinesis, { "millrace:fault-rate": "0.4" });
    await kinesis.put(stream, "x");
    await tag(kinesis, { "millrace:limits": "off", "millrace:fault-rate": "1" });
    await kinesis.put(stream, "x");
  });
});
