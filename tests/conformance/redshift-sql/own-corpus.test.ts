import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parseScript } from "../../../packages/millrace/src/sql/redshift/parser/redshift-parser.ts";

const file = join(import.meta.dirname, "../../fixtures/redshift-corpus.sql");

/** The statements, by the areas that `--@` lines name. */
async function readCorpus(): Promise<ReadonlyMap<string, readonly string[]>> {
  const areas = new Map<string, string[]>();
  for (const block of (await readFile(file, "utf8")).split(/^--@ /m).slice(1)) {
    const end = block.indexOf("\n");
    const area = block.slice(0, end).trim();
    areas.set(area, [...(areas.get(area) ?? []), block.slice(end + 1).trim()]);
  }
  return areas;
}

const corpus = await readCorpus();

describe("our corpus of Redshift's SQL", () => {
  it("has 128 statements", () => {
    expect([...corpus.values()].flat()).toHaveLength(128);
  });

  it.each([...corpus])("parses: %s", (_, statements) => {
    for (const statement of statements) {
      expect(parseScript(statement), statement).toHaveLength(1);
    }
  });

  it("parses as one script", () => {
    const script = [...corpus.values()].flat().join(";\n\n");
    const parsed = parseScript(script);
    expect(parsed).toHaveLength(128);
    for (const { text, start } of parsed) {
      expect(script.slice(start, start + text.length)).toBe(text);
    }
  });
});
