import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { ClassifierSet } from "./classify.ts";
import { MemoryObject, recognise, schemaOf, vegaFile, vegaFolder } from "./test-objects.ts";

/** `file: column type, column type, ...` for each file, true of all its records. */
const schemas = readFileSync(join(import.meta.dirname, "vega-schemas.txt"), "utf8")
  .trimEnd()
  .split("\n")
  .map((line) => line.split(": ", 2) as [string, string]);

const files = readdirSync(vegaFolder);

describe("the files of vega-datasets", () => {
  it("are all in the table, but for pictures and Arrow", () => {
    const tables = files.filter((name) => /\.(?:csv|tsv|json|parquet)$/.test(name));
    expect(schemas.map(([name]) => name).sort()).toEqual(tables.sort());
  });

  it.each(schemas)("%s has the schema that a person would have written", async (name, schema) => {
    expect(schemaOf(await recognise(vegaFile(name), [], name))).toBe(schema);
  });

  it.each(["cars.json", "weather.csv", "earthquakes.json"])(
    "%s has the same schema in gzip",
    async (name) => {
      const answer = await recognise(gzipSync(vegaFile(name)), [], `${name}.gz`);
      expect(answer.compression).toBe("gzip");
      expect(answer.parameters["compressionType"]).toBe("gzip");
      expect(schemaOf(answer)).toBe(new Map(schemas).get(name));
    },
  );

  it("tells Parquet by two reads, and small files by one", async () => {
    const set = new ClassifierSet([]);
    const large = new MemoryObject("flights-3m.parquet", vegaFile("flights-3m.parquet"));
    await set.classify(large);
    const small = new MemoryObject("wheat.json", vegaFile("wheat.json"));
    await set.classify(small);
    expect([large.reads, small.reads]).toEqual([2, 1]);
  });

  it("says of a picture what it is", async () => {
    const answer = await new ClassifierSet([]).classify(new MemoryObject("ffox.png", vegaFile("ffox.png")));
    expect(answer).toMatchObject({ kind: "unknown", reason: expect.stringContaining("png") });
  });
});
