import { describe, expect, it } from "vitest";
import { messageOf, TestDynamodb } from "../test-dynamodb.ts";

async function set(dynamodb: TestDynamodb, Enabled: boolean, AttributeName = "expires"): Promise<unknown> {
  return dynamodb.run("UpdateTimeToLive", {
    TableName: "plain",
    TimeToLiveSpecification: { Enabled, AttributeName },
  });
}

async function ids(dynamodb: TestDynamodb): Promise<unknown> {
  return (await dynamodb.run("Scan", { TableName: "plain" })).Items?.map(({ id }) => id?.S).sort();
}

describe("UpdateTimeToLive", () => {
  it("removes items when their time is over, those that were there before, too", async () => {
    await using dynamodb = await TestDynamodb.start({ onDisk: true });
    await dynamodb.plainTable();
    const nowSeconds = Math.floor(dynamodb.clock.now() / 1000);
    const put = (id: string, expires?: object): Promise<void> =>
      dynamodb.put("plain", {
        id: { S: id },
        ...(expires === undefined ? {} : { expires: expires as never }),
      });
    await put("early", { N: String(nowSeconds + 100) });
    expect(await set(dynamodb, true)).toEqual({
      TimeToLiveSpecification: { Enabled: true, AttributeName: "expires" },
    });
    await dynamodb.pass();
    await put("late", { N: String(nowSeconds + 10_000) });
    await put("moved", { N: String(nowSeconds + 100) });
    await put("moved", { N: String(nowSeconds + 10_000.5) });
    await put("never");
    await put("text", { S: String(nowSeconds) });
    await put("ancient", { N: String(nowSeconds - 5 * 366 * 86_400) });
    await put("future", { N: "9e30" });
    await put("negative", { N: "-1" });
    const always = ["ancient", "future", "negative", "never", "text"];
    await dynamodb.pass(60_000);
    expect(await ids(dynamodb)).toEqual(["early", "late", "moved", ...always].sort());
    await dynamodb.pass(60_000);
    // Each sweep sets the timer of the next.
    await dynamodb.pass(5_000);
    expect(await ids(dynamodb)).toEqual(["late", "moved", ...always].sort());
    await dynamodb.restart();
    await dynamodb.pass(10_000_000);
    await dynamodb.pass(5_000);
    expect(await ids(dynamodb)).toEqual(always);
    expect(dynamodb.logged).toEqual([]);
  });

  it("keeps everything once it is disabled", async () => {
    await using dynamodb = await TestDynamodb.start();
    await dynamodb.plainTable();
    await set(dynamodb, true);
    await dynamodb.pass();
    await dynamodb.put("plain", { id: { S: "a" }, expires: { N: "1767225700" } });
    await set(dynamodb, false);
    await dynamodb.pass();
    await dynamodb.pass(100_000_000);
    await dynamodb.pass(5_000);
    expect(await ids(dynamodb)).toEqual(["a"]);
    await set(dynamodb, true, "other");
  });

  it("refuses to repeat itself and to use two attributes", async () => {
    await using dynamodb = await TestDynamodb.start();
    await dynamodb.plainTable();
    expect(await messageOf(set(dynamodb, false))).toBe("TimeToLive is already disabled");
    await set(dynamodb, true);
    expect(await messageOf(set(dynamodb, true))).toBe("TimeToLive is already enabled");
    expect(await messageOf(set(dynamodb, true, "other"))).toContain("current AttributeName is expires");
    expect(await messageOf(set(dynamodb, false, "other"))).toContain("current AttributeName is expires");
    await set(dynamodb, false);
    expect(await messageOf(set(dynamodb, true))).toContain("modified multiple times within a fixed interval");
  });
});
