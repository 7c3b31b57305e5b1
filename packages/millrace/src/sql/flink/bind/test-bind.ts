import { SqlError } from "../../sql-error.ts";
import type { Relation } from "../relation.ts";
import { bindProgram } from "./bind-program.ts";
import type { BindOptions, BoundProgram, ConnectorFacts } from "./bound-program.ts";
import { fieldsText, relationText } from "./test-relation-text.ts";

/** Tables that queries in tests are about. */
const testSchema = `
CREATE TABLE bids (
  auction BIGINT, bidder BIGINT NOT NULL, price INT, channel STRING, tags ARRAY<STRING>, info MAP<STRING, INT>,
  seller ROW<name STRING, address ROW<city STRING, zip INT>>,
  items ARRAY<ROW<sku STRING, amount INT>>,
  ts TIMESTAMP(3), pt AS PROCTIME(),
  WATERMARK FOR ts AS ts - INTERVAL '5' SECOND
) WITH ('connector' = 'datagen');
CREATE TABLE people (id BIGINT, name STRING, city STRING, score DOUBLE, born DATE, seen TIMESTAMP_LTZ(3),
  WATERMARK FOR seen AS seen
) WITH ('connector' = 'datagen');
CREATE TABLE plain (a INT, b STRING, c DECIMAL(10, 2), d TIMESTAMP(3)) WITH ('connector' = 'datagen');
`;

const clock: ConnectorFacts = {
  metadata: {
    timestamp: { type: "TIMESTAMP_LTZ(3) NOT NULL", isWritable: false },
    "partition-key": { type: "STRING", isWritable: true },
  },
};

export const testOptions: BindOptions = Object.freeze({
  connectors: new Map([
    ["datagen", { metadata: {} }],
    ["stream", clock],
  ]),
  catalogs: undefined,
  settings: {},
});

/** A program behind the tables of the schema. */
export async function bindTest(text: string, options: BindOptions = testOptions): Promise<BoundProgram> {
  return await bindProgram(`${testSchema}${text}`, options);
}

/** The relation of the last query. */
export async function bindQueryText(text: string): Promise<Relation> {
  const outcome = (await bindTest(text)).outcomes.at(-1);
  if (outcome?.kind !== "query") throw new Error(`no query but ${outcome?.kind}`);
  return outcome.relation;
}

/** The relation as lines. */
export async function planOf(text: string): Promise<string> {
  return relationText(await bindQueryText(text));
}

/** The names and types of a query's columns. */
export async function columnsOf(text: string): Promise<string> {
  return fieldsText((await bindQueryText(text)).fields);
}

/** `42703 column 'x' not found @ x`: the state, the message and the text at the position. */
export async function errorOf(text: string, options: BindOptions = testOptions): Promise<string> {
  try {
    await bindTest(text, options);
  } catch (error) {
    if (!(error instanceof SqlError)) throw error;
    const position = (error.position ?? Number.NaN) - testSchema.length;
    const at = /^(?:\w+|\W)/.exec(text.slice(position))?.[0] ?? "";
    return `${error.sqlState} ${error.message} @ ${at}`;
  }
  throw new Error(`no error: ${text}`);
}

/** What the last statement answers, a line a row. */
export async function rowsOf(text: string, options: BindOptions = testOptions): Promise<readonly string[]> {
  const outcome = (await bindTest(text, options)).outcomes.at(-1);
  if (outcome?.kind !== "rows") throw new Error(`no rows but ${outcome?.kind}`);
  return outcome.rows.map((row) => row.join(" | "));
}
