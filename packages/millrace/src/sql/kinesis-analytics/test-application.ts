import { bindProgram } from "../flink/bind/index.ts";
import { SqlError } from "../sql-error.ts";
import type { ApplicationConnections } from "./application-schema.ts";
import { type RewrittenApplication, rewriteAnalyticsSql } from "./rewrite.ts";

const STREAM = "arn:aws:kinesis:eu-west-1:000000000000:stream/";

/** One input of stock trades, one output, one reference table. */
export const testConnections: ApplicationConnections = {
  inputs: [
    {
      namePrefix: "SOURCE",
      parallelism: 1,
      schema: {
        format: { type: "JSON", rowPath: "$" },
        columns: [
          { name: "TICKER", sqlType: "VARCHAR(4)", mapping: "$.ticker" },
          { name: "PRICE", sqlType: "REAL", mapping: "$.trade.price" },
          { name: "EVENT_TIME", sqlType: "TIMESTAMP", mapping: "$.trade.at" },
        ],
      },
      source: { kind: "kinesis", streamArn: `${STREAM}trades` },
    },
  ],
  outputs: [
    { name: "DEST", recordFormat: "JSON", destination: { kind: "kinesis", streamArn: `${STREAM}results` } },
  ],
  referenceTables: [
    {
      tableName: "COMPANIES",
      bucketArn: "arn:aws:s3:::reference",
      fileKey: "companies.csv",
      schema: {
        format: { type: "CSV", rowDelimiter: "\n", columnDelimiter: "|" },
        columns: [
          { name: "TICKER", sqlType: "VARCHAR(4)", mapping: undefined },
          { name: "NAME", sqlType: "VARCHAR(32)", mapping: undefined },
        ],
      },
    },
  ],
};

/** The code of an application whose only pump fills DEST with what the query gives. */
export const pumpCode = (columns: string, query: string): string =>
  `CREATE OR REPLACE STREAM "DEST" (${columns});\nCREATE OR REPLACE PUMP "P" AS INSERT INTO "DEST"\n${query};`;

export const rewriteTest = (
  code: string,
  connections: Partial<ApplicationConnections> = {},
): RewrittenApplication => rewriteAnalyticsSql(code, { ...testConnections, ...connections });

/** The pump's query as it is in the program: what stands between the casts of its stream. */
export function rewrittenQuery(columns: string, query: string): string {
  const { flinkSql, positions } = rewriteTest(pumpCode(columns, query));
  const [piece] = positions;
  return piece === undefined ? "" : flinkSql.slice(piece.start, piece.end);
}

/** Binds the program as the engine does. @throws SqlError */
export async function bindRewritten({ flinkSql }: RewrittenApplication): Promise<number> {
  const text = { type: "VARCHAR(256) NOT NULL", isWritable: false };
  const metadata = {
    timestamp: { type: "TIMESTAMP_LTZ(3) NOT NULL", isWritable: false },
    "partition-key": text,
    "sequence-number": text,
    "shard-id": text,
  };
  const connectors = new Map([
    ["kinesis", { metadata }],
    ["firehose", { metadata: {} }],
    ["filesystem", { metadata: {} }],
  ]);
  const { inserts } = await bindProgram(flinkSql, { connectors, catalogs: undefined, settings: {} });
  return inserts.length;
}

/** The error that a code gives. */
export function rewriteError(code: string, connections: Partial<ApplicationConnections> = {}): SqlError {
  try {
    rewriteTest(code, connections);
  } catch (error) {
    if (error instanceof SqlError) {
      return error;
    }
    throw error;
  }
  throw new Error("no error");
}
