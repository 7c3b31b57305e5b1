import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { Statement } from "../../../packages/millrace/src/sql/flink/ast/statement.ts";
import { formatStatement } from "../../../packages/millrace/src/sql/flink/format/format.ts";
import { parseScript } from "../../../packages/millrace/src/sql/flink/parser/flink-parser.ts";
import { bare } from "../../../packages/millrace/src/sql/flink/parser/test-tree.ts";

const FIXTURES = join(import.meta.dirname, "../../fixtures/flink-sql");
const NEXMARK = join(FIXTURES, "nexmark");

const sqlFiles = (folder: string): readonly string[] =>
  readdirSync(folder)
    .filter((name) => name.endsWith(".sql"))
    .map((name) => join(folder, name))
    .sort();

const statementsOf = (file: string): readonly Statement[] =>
  parseScript(readFileSync(file, "utf8")).map(({ ast }) => ast);

const FILES = [...sqlFiles(FIXTURES), ...sqlFiles(NEXMARK)];

describe("the corpus of Flink SQL", () => {
  test("has not shrunk", () => {
    expect(FILES.flatMap(statementsOf).length).toBeGreaterThanOrEqual(460);
  });

  test.each(FILES.map((file) => [file.slice(FIXTURES.length + 1), file]))(
    "%s parses, and so does its format",
    (_name, file) => {
      const statements = statementsOf(file);
      expect(statements.length).toBeGreaterThan(0);
      for (const statement of statements) {
        const text = formatStatement(statement);
        const again = parseScript(text);
        expect(
          again.map(({ ast }) => bare(ast)),
          text,
        ).toEqual([bare(statement)]);
        const [only] = again;
        expect(only === undefined ? "" : formatStatement(only.ast)).toBe(text);
      }
    },
  );
});

describe("Nexmark", () => {
  const kinds = (name: string): readonly string[] =>
    statementsOf(join(NEXMARK, `${name}.sql`)).map(({ kind }) => kind);

  test("has an event table and a view of each kind of event", () => {
    expect(kinds("schema")).toEqual(["create-table", "create-view", "create-view", "create-view"]);
  });

  test.each(Array.from({ length: 23 }, (_, index) => `q${index}`))("%s ends with its only insert", (name) => {
    const found = kinds(name);
    expect(found.at(-1)).toBe("insert");
    expect(found.filter((kind) => kind === "insert")).toHaveLength(1);
    expect(found).toContain("create-table");
  });
});
