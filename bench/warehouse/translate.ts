import type { QualifiedName } from "../../packages/millrace/src/sql/redshift/ast/name.ts";
import type { ColumnDefinition, CreateTable } from "../../packages/millrace/src/sql/redshift/ast/table.ts";
import { bindStatement } from "../../packages/millrace/src/sql/redshift/bind/bind-statement.ts";
import type { NameSpace, Relation } from "../../packages/millrace/src/sql/redshift/bind/name-space.ts";
import { parseStatement } from "../../packages/millrace/src/sql/redshift/parser/redshift-parser.ts";
import { queries } from "./queries.ts";
import { schemaStatements } from "./schema.ts";

/** Median and longest of parsing, binding and printing each of TPC-H's queries, when the code is warm. */
export async function translationMs(): Promise<string> {
  const space = spaceOf(tables());
  const options = { parameterTypes: [], session: { value: () => undefined } };
  const times = queries(1).map(({ sql }) => {
    const runs: number[] = [];
    for (let run = 0; run < 200; run++) {
      const startedMs = performance.now();
      const ast = parseStatement(sql);
      if (ast.kind === "query") bindStatement(ast, space, { ...options, text: sql }).sql(() => "");
      runs.push(performance.now() - startedMs);
    }
    return median(runs.slice(100));
  });
  return `median ${median(times).toFixed(2)} ms, longest ${Math.max(...times).toFixed(2)} ms`;
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

function tables(): ReadonlyMap<string, Relation> {
  const made = new Map<string, Relation>();
  for (const statement of schemaStatements()) {
    const ast = parseStatement(statement);
    if (ast.kind !== "create-table") continue;
    const name = ast.name.parts.at(-1)?.name ?? "";
    made.set(name, {
      ...{ oid: 100_000 + made.size, database: "dev", schema: "public", name, kind: "table" },
      columns: columnsOf(ast).map((column, index) => ({
        ...{ name: column.name.name, type: column.type, nullable: true, attributeNumber: index + 1 },
        ...{ autoIncrement: false, engineName: `c${index + 1}`, blankFree: true },
      })),
      source: { kind: "physical", sql: `"d1"."main"."t${100_000 + made.size}"` },
    });
  }
  return made;
}

function columnsOf({ elements }: CreateTable): readonly ColumnDefinition[] {
  return elements.flatMap((element) => (element.kind === "column" ? [element.column] : []));
}

function spaceOf(relations: ReadonlyMap<string, Relation>): NameSpace {
  return {
    ...{ database: "dev", user: "awsuser", currentSchema: "public" },
    settings: {
      ...{ enableCaseSensitiveIdentifier: false, enableCaseSensitiveSuperAttribute: false },
      ...{ dateStyle: "ISO, MDY", timeZone: "UTC", navigateSuperNullOnError: true, caseInsensitive: false },
    },
    relation: ({ parts }: QualifiedName) => relations.get(parts.at(-1)?.name ?? ""),
    functions: () => [],
  };
}
