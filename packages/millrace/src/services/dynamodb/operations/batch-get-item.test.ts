import type { BatchGetItemOutput } from "@aws-sdk/client-dynamodb";
import { describe, expect, it } from "vitest";
import { codeOf, messageOf, plain, TestDynamodb } from "../test-dynamodb.ts";

describe("BatchGetItem", () => {
  it("answers the items of several tables, with parts of them where that is asked for", async () => {
    await using dynamodb = await TestDynamodb.start();
    for (const name of ["one", "two"].map((name) => `table-${name}`)) {
      await dynamodb.plainTable(name);
      await dynamodb.put(name, { id: { S: "a" }, x: { S: name }, y: { S: "y" } });
    }
    const { Responses, UnprocessedKeys, ConsumedCapacity } = await dynamodb.run("BatchGetItem", {
      RequestItems: {
        "table-one": { Keys: [{ id: { S: "a" } }, { id: { S: "none" } }], ConsistentRead: true },
        "table-two": { Keys: [{ id: { S: "a" } }], ProjectionExpression: "x" },
      },
      ReturnConsumedCapacity: "TOTAL",
    });
    expect(plain(Responses)).toEqual({
      "table-one": [{ id: { S: "a" }, x: { S: "table-one" }, y: { S: "y" } }],
      "table-two": [{ x: { S: "table-two" } }],
    });
    expect(UnprocessedKeys).toEqual({});
    expect(ConsumedCapacity).toEqual([
      { TableName: "table-one", CapacityUnits: 2 },
      { TableName: "table-two", CapacityUnits: 0.5 },
    ]);
    expect(
      dynamodb.resources("BatchGetItem", {
        RequestItems: { "table-one": { Keys: [] }, "table-two": { Keys: [] } },
      }),
    ).toEqual([
      "arn:aws:dynamodb:us-east-1:000000000000:table/table-one",
      "arn:aws:dynamodb:us-east-1:000000000000:table/table-two",
    ]);
  });

  it("leaves keys for the next call when the answer is full", async () => {
    await using dynamodb = await TestDynamodb.start();
    await dynamodb.plainTable();
    const keys = Array.from({ length: 45 }, (_, i) => ({ id: { S: String(i) } }));
    for (const key of keys) await dynamodb.put("plain", { ...key, x: { S: "x".repeat(400_000) } });
    const seen = new Set<string | undefined>();
    let request: Parameters<typeof dynamodb.run<"BatchGetItem">>[1]["RequestItems"] = {
      plain: { Keys: keys },
    };
    let calls = 0;
    for (; request !== undefined && Object.keys(request).length > 0; calls++) {
      const { Responses, UnprocessedKeys }: BatchGetItemOutput = await dynamodb.run("BatchGetItem", {
        RequestItems: request,
      });
      for (const { id } of Responses?.["plain"] ?? []) seen.add(id?.S);
      request = UnprocessedKeys;
    }
    expect([calls, seen.size]).toEqual([2, 45]);
  });

  it("refuses duplicates, too many keys, wrong keys and tables that are not there", async () => {
    await using dynamodb = await TestDynamodb.start();
    await dynamodb.plainTable();
    const get = (keys: readonly object[], table = "plain"): Promise<unknown> =>
      dynamodb.run("BatchGetItem", { RequestItems: { [table]: { Keys: keys as never } } });
    expect(await messageOf(get([{ id: { S: "a" } }, { id: { S: "a" } }]))).toBe(
      "Provided list of item keys contains duplicates",
    );
    expect(await messageOf(get(Array.from({ length: 101 }, (_, i) => ({ id: { S: String(i) } }))))).toBe(
      "Too many items requested for the BatchGetItem call",
    );
    expect(await messageOf(get([{ x: { S: "a" } }]))).toContain("does not match the schema");
    expect(await codeOf(get([{ id: { S: "a" } }], "nowhere"))).toBe("ResourceNotFoundException");
  });
});
