import { deflateRawSync, gzipSync } from "node:zlib";
import avro from "avsc";
import { compressSync } from "snappy";
import { describe, expect, it } from "vitest";
import { mutated, randomFrom } from "../../../formats/test-mutation.ts";
import { ClassifierSet } from "./classify.ts";
import { classify, MemoryObject, recognise, schemaOf, vegaFile } from "./test-objects.ts";

/** Changes of each object; each is another seed. */
const mutations = 400;

const record = avro.Type.forSchema({
  type: "record",
  name: "R",
  fields: [
    { name: "id", type: "long" },
    { name: "tags", type: { type: "array", items: ["null", "string"] } },
  ],
});

/** The bytes of an object container file with one block. */
function avroFile(): Buffer {
  const header = avro.Type.forSchema({
    type: "record",
    name: "Header",
    fields: [{ name: "meta", type: { type: "map", values: "bytes" } }],
  }).toBuffer({
    meta: { "avro.schema": Buffer.from(JSON.stringify(record)), "avro.codec": Buffer.from("null") },
  });
  const rows = Buffer.concat([1, 2, 3].map((id) => record.toBuffer({ id, tags: [null, "x"] })));
  const long = avro.Type.forSchema("long");
  const sync = Buffer.alloc(16, 7);
  const magic = Buffer.from("Obj\u0001", "latin1");
  return Buffer.concat([magic, header, sync, long.toBuffer(3), long.toBuffer(rows.length), rows, sync]);
}

/** The end of a Parquet file behind its magic: what a crawl reads of it. */
function parquetFile(): Buffer {
  const file = vegaFile("flights-3m.parquet");
  const metadata = file.readUInt32LE(file.length - 8);
  return Buffer.concat([Buffer.from("PAR1"), file.subarray(file.length - 8 - metadata)]);
}

function zipFile(content: Buffer): Buffer {
  const local = Buffer.alloc(30);
  local.write("PK\u0003\u0004", 0, "latin1");
  local.writeUInt16LE(8, 8);
  const end = Buffer.alloc(22);
  end.write("PK\u0005\u0006", 0, "latin1");
  end.writeUInt16LE(1, 10);
  return Buffer.concat([local, deflateRawSync(content), end]);
}

const json = vegaFile("weekly-weather.json");
const csv = vegaFile("la-riots.csv");
const xml = Buffer.from(
  `<?xml version="1.0"?><!DOCTYPE a [<!ENTITY e "x">]><a>${'<b c="1"><d>2.5</d><d/>t<![CDATA[x]]></b>'.repeat(9)}</a>`,
);
const log = Buffer.from(
  '127.0.0.1 - frank [10/Oct/2000:13:55:36 -0700] "GET /a HTTP/1.0" 200 2326 "http://x/" "Mozilla/4.08"\n'.repeat(
    9,
  ),
);

const objects: readonly (readonly [string, Buffer])[] = [
  ["json", json],
  ["json lines", Buffer.from('{"a":{"b":[1,2.5,"x",null]},"c":true}\n'.repeat(9))],
  ["csv", csv],
  ["quoted csv", Buffer.from('"a ""x""","b\nc",1\r\n'.repeat(9))],
  ["xml", xml],
  ["log", log],
  ["parquet", parquetFile()],
  ["avro", avroFile()],
  ["data.json.gz", gzipSync(json)],
  ["data.csv.zip", zipFile(csv)],
  ["data.snappy", Buffer.from(compressSync(json))],
  ["bson", Buffer.from("\u000c\u0000\u0000\u0000\u0010i\u0000\u0001\u0000\u0000\u0000\u0000", "latin1")],
];

const custom = [
  {
    kind: "grok",
    name: "g",
    classification: "g",
    grokPattern: "%{NUMBER:n:int},%{GREEDYDATA:m}",
    customPatterns: undefined,
  },
  { kind: "xml", name: "x", classification: "x", rowTag: "b" },
  { kind: "json", name: "j", jsonPath: "$[*].record" },
] as const;

describe("objects as they are", () => {
  it.each(objects)("%s is recognised", async (key, content) => {
    const answer = await classify(content, [], key);
    expect(answer.kind).toBe(key === "bson" ? "notReadable" : "recognised");
  });

  it("reads the Avro file's schema", async () => {
    const answer = await recognise(avroFile());
    expect(schemaOf(answer)).toBe("id bigint, tags array<string>");
    expect(answer.estimates.sampledRecords).toBe(3);
    expect(answer.parameters["avro.schema.literal"]).toContain('"tags"');
  });
});

describe("changed objects", () => {
  it.each(objects)("%s always gets an answer", async (key, content) => {
    const set = new ClassifierSet(custom);
    const kinds = new Set<string>();
    for (let seed = 1; seed <= mutations; seed += 1) {
      const object = new MemoryObject(key, mutated(content, randomFrom(seed)));
      const answer = await set.classify(object);
      kinds.add(answer.kind);
      // A bug of ours would be told as a failed read.
      const failed = answer.kind === "unreadable" && answer.problem === "readFailed";
      expect(failed ? `seed ${seed}: ${answer.reason}` : "answered").toBe("answered");
    }
    expect([...kinds]).not.toEqual([]);
  });

  it("noise gets an answer", async () => {
    const set = new ClassifierSet(custom);
    for (let seed = 1; seed <= mutations; seed += 1) {
      const random = randomFrom(seed);
      const bytes = Buffer.from(Array.from({ length: random(600) }, () => random(256)));
      const answer = await set.classify(new MemoryObject(seed % 2 === 0 ? "a.snappy" : "a", bytes));
      expect(answer.kind === "unreadable" && answer.problem === "readFailed").toBe(false);
    }
  });

  it.each([
    ["brackets", "[".repeat(500_000)],
    ["braces", '{"a":'.repeat(200_000)],
    ["elements", "<a>".repeat(200_000)],
    ["quotes", '"'.repeat(500_000)],
    ["commas", `${",".repeat(50_000)}\n`.repeat(3)],
    ["one line", "x".repeat(1_500_000)],
    ["names", `{${Array.from({ length: 60_000 }, (_, index) => `"k${index}":1`).join(",")}}`],
  ])("%s without end get an answer", async (_case, content) => {
    const answer = await classify(content);
    expect(answer.kind === "unreadable" && answer.problem === "readFailed").toBe(false);
    if (answer.kind === "recognised") expect(answer.columns.length).toBeLessThanOrEqual(10_000);
  });
});
