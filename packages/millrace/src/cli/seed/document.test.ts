import { describe, expect, it } from "vitest";
import { seedDocument } from "./document.ts";

describe("seedDocument", () => {
  it("reads every kind of resource", () => {
    const document = seedDocument(
      {
        buckets: { shop: { objects: { a: "text", b: { n: 1 }, c: "@c.png" } } },
        streams: {
          orders: { shards: 2, key: ".user", records: [{ n: 1 }, "two"] },
          events: { records: "@e.jsonl" },
        },
        dynamodbTables: { users: { partitionKey: "id", sortKey: "at:N", items: [{ id: "a", at: 1 }] } },
        glueDatabases: { web: { tables: { clicks: { columns: { page: "string" }, format: "parquet" } } } },
        deliveryStreams: { out: { bucket: "shop", source: "orders" } },
        calls: [{ service: "iam", operation: "CreateUser", input: { UserName: "ann" } }],
        sql: "select 1",
      },
      "seed.json",
    );
    expect(document.buckets).toEqual([
      {
        name: "shop",
        objects: [
          { key: "a", body: { text: "text" } },
          { key: "b", body: { text: '{"n":1}' } },
          { key: "c", body: { file: "c.png" } },
        ],
      },
    ]);
    expect(document.streams).toMatchObject([
      { name: "orders", shards: 2, key: ".user", records: [{ n: 1 }, "two"] },
      { name: "events", shards: undefined, records: { file: "e.jsonl" } },
    ]);
    expect(document.tables).toEqual([
      {
        name: "users",
        partitionKey: { name: "id", type: "S" },
        sortKey: { name: "at", type: "N" },
        items: [{ id: "a", at: 1 }],
      },
    ]);
    expect(document.databases[0]?.tables).toMatchObject([{ name: "clicks", format: "parquet" }]);
    expect(document.deliveryStreams).toMatchObject([{ name: "out", bufferSeconds: 5, bufferMiB: 5 }]);
    expect(document.calls).toEqual([
      { path: "calls[0]", service: "iam", operation: "CreateUser", input: { UserName: "ann" } },
    ]);
    expect(document.sql).toEqual(["select 1"]);
  });

  it("takes a list as calls", () => {
    expect(seedDocument([{ service: "sts", operation: "GetCallerIdentity" }], "calls.json").calls).toEqual([
      { path: "[0]", service: "sts", operation: "GetCallerIdentity", input: {} },
    ]);
  });

  it.each([
    [{ stream: {} }, "seed.json: stream is unknown. Did you mean streams?"],
    [{ streams: { a: { shard: 1 } } }, "seed.json: streams.a.shard is unknown. Did you mean shards?"],
    [{ streams: { a: { shards: "2" } } }, 'streams.a.shards must be a whole number from 1 to 10000, not "2"'],
    [{ streams: { a: { shards: 0 } } }, "streams.a.shards"],
    [{ streams: { a: { records: "e.jsonl" } } }, "streams.a.records must be a list, or a file"],
    [{ streams: [] }, "streams must be an object, not []"],
    [{ buckets: { b: null } }, "buckets.b must be an object, not null"],
    [{ dynamodbTables: { t: {} } }, "dynamodbTables.t must be an object with a partitionKey"],
    [
      { dynamodbTables: { t: { partitionKey: "id", items: [1] } } },
      "dynamodbTables.t.items[0] must be an object",
    ],
    [
      { glueDatabases: { d: { tables: { t: { columns: { a: 1 } } } } } },
      "glueDatabases.d.tables.t.columns.a",
    ],
    [
      { glueDatabases: { d: { tables: { t: { columns: {}, format: "orc" } } } } },
      "one of json, csv, parquet",
    ],
    [{ deliveryStreams: { d: {} } }, "deliveryStreams.d must be an object with a bucket"],
    [
      { calls: [{ service: "sns", operation: "Publish" }] },
      "calls[0].service must be one of batch, cloudwatch",
    ],
    [{ calls: [{ service: "iam" }] }, "calls[0] must be an object with service and operation"],
    [{ sql: [1] }, "sql[0] must be a text"],
    ["text", "seed.json: the file must be an object"],
  ])("names what is wrong: %j", (value, message) => {
    expect(() => seedDocument(value, "seed.json")).toThrow(message);
  });

  it("shows no more than the beginning of a wrong value", () => {
    expect(() => seedDocument({ buckets: "x".repeat(1_000) }, "seed.json")).toThrow(/^.{1,120}$/);
  });
});
