import pg from "pg";
import { afterAll, beforeAll, expect, it } from "vitest";
import { TestEngine } from "../../packages/millrace/src/sql/redshift/bind/test-engine.ts";
import { type DatabaseServer, startPostgres } from "../fixtures/database-servers.ts";
import { ExpressionGenerator } from "./redshift/expression-generator.ts";

const seed = Number(process.env["SEED"] ?? 20_240_607);
const expressionsEach = 400;

let server: DatabaseServer;
let client: pg.Client;
let engine: TestEngine;

beforeAll(async () => {
  server = await startPostgres();
  client = new pg.Client({ host: "127.0.0.1", ...server, database: "postgres" });
  await client.connect();
  // As Redshift has them: backslashes escape, and text is told in UTC.
  await client.query(
    "SET standard_conforming_strings = off; SET escape_string_warning = off; SET TimeZone = 'UTC'",
  );
  engine = await TestEngine.open();
}, 120_000);

afterAll(async () => {
  engine?.close();
  await client?.end();
  await server?.stop();
});

const kinds = ["text", "whole", "decimal", "date", "formatted", "interval", "parsed", "float"] as const;
type Kind = (typeof kinds)[number];

it.each(kinds)(
  `random expressions of kind %s mean what they mean in PostgreSQL (seed ${seed})`,
  async (kind: Kind) => {
    const generator = new ExpressionGenerator(seed);
    const differences: string[] = [];
    for (let count = 0; count < expressionsEach; count++) {
      const expression = generator[kind]();
      const [ours, theirs] = [await inMillrace(expression), await inPostgres(expression)];
      if (comparable(ours, kind) !== comparable(theirs, kind))
        differences.push(`${expression}: ${ours}, PostgreSQL ${theirs}`);
    }
    expect(differences).toEqual([]);
  },
  120_000,
);

async function inMillrace(expression: string): Promise<string | null> {
  const [row] = await engine.rows(`select cast(${expression} as varchar)`);
  return row?.[0] ?? null;
}

async function inPostgres(expression: string): Promise<string | null> {
  const { rows } = await client.query({ text: `select (${expression})::text`, rowMode: "array" });
  return (rows as (string | null)[][])[0]?.[0] ?? null;
}

/** Scales differ by each system's rules, values may not. */
function comparable(text: string | null, kind: Kind): string | null {
  if (
    text === null ||
    !["decimal", "float", "parsed"].includes(kind) ||
    !/^-?[\d.]+$/.test(text) ||
    !text.includes(".")
  )
    return text === "-0" ? "0" : text;
  return text.replace(/\.?0+$/, "").replace(/^-0$/, "0");
}
