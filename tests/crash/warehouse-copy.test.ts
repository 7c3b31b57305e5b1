import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as after } from "node:timers/promises";
import { gzipSync } from "node:zlib";
import { CreateBucketCommand, PutObjectCommand } from "@aws-sdk/client-s3";
import pg from "pg";
import { expect, it } from "vitest";
import { MillraceProcess } from "../fixtures/millrace-process.ts";
import { s3Client } from "../fixtures/s3-client.ts";

const rounds = 8;
const rowsPerFile = 60_000;
const longestRunMs = 1_500;
const seed = 20_260_702;
const role = "iam_role 'arn:aws:iam::000000000000:role/load'";

/** The same numbers for the same seed. */
function seeded(from: number): () => number {
  let state = from >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

async function connect(millrace: MillraceProcess): Promise<pg.Client> {
  const client = new pg.Client({
    host: "127.0.0.1",
    port: millrace.sqlPort,
    user: "awsuser",
    database: "dev",
  });
  client.on("error", () => undefined);
  await client.connect();
  return client;
}

/** Copies again and again until the process dies. @returns how often it was told that a COPY is done */
async function load(client: pg.Client, table: string, options: string): Promise<number> {
  for (let done = 0; ; done++) {
    try {
      await client.query(`copy ${table} from 's3://files/${table}' ${role} ${options}`);
    } catch (error) {
      // What dies has no code; what is refused has one.
      const code = (error as { readonly code?: string }).code;
      if (code !== undefined && /^[0-9A-Z]{5}$/.test(code) && code !== "57P01") throw error;
      return done;
    }
  }
}

it("a COPY that kill -9 meets is there as a whole or not at all", async () => {
  const random = seeded(seed);
  const millrace = await MillraceProcess.start();
  try {
    const s3 = s3Client(millrace.url);
    await s3.send(new CreateBucketCommand({ Bucket: "files" }));
    const lines = Array.from(
      { length: rowsPerFile },
      (_, index) => `${index}|${"v".repeat(index % 50)}`,
    ).join("\n");
    await s3.send(new PutObjectCommand({ Bucket: "files", Key: "fast", Body: lines }));
    // With an escape in it, the engine's reader is not asked.
    await s3.send(new PutObjectCommand({ Bucket: "files", Key: "exact", Body: gzipSync(lines) }));
    s3.destroy();
    const first = await connect(millrace);
    await first.query(
      "create table fast(a int, b varchar(60)) sortkey(a); create table exact(a int, b varchar(60))",
    );
    await first.end();
    const acknowledged = { fast: 0, exact: 0 };
    for (let round = 0; round < rounds; round++) {
      const clients = [await connect(millrace), await connect(millrace)] as const;
      const works = Promise.all([load(clients[0], "fast", ""), load(clients[1], "exact", "gzip escape")]);
      await after(300 + random() * longestRunMs);
      await millrace.kill();
      const [fast, exact] = await works;
      await millrace.start();
      const reader = await connect(millrace);
      for (const [table, done] of [
        ["fast", fast],
        ["exact", exact],
      ] as const) {
        const { rows } = await reader.query<{ rows: string; sum: string | null }>(
          `select count(*) as rows, sum(a) as sum from ${table}`,
        );
        const copies = Number(rows[0]?.rows) / rowsPerFile;
        expect(Number.isInteger(copies), `round ${round}: ${table} has ${copies} files`).toBe(true);
        expect(Number(rows[0]?.sum ?? 0)).toBe((copies * rowsPerFile * (rowsPerFile - 1)) / 2);
        // The last one may be committed without anybody having been told.
        expect([acknowledged[table] + done, acknowledged[table] + done + 1]).toContain(copies);
        acknowledged[table] = copies;
      }
      await reader.end();
      const temporary = join(millrace.dataFolder, "warehouse", "temporary");
      const left = existsSync(temporary) ? readdirSync(temporary, { recursive: true, encoding: "utf8" }) : [];
      expect(left.filter((name) => /copy-\d+/.test(name))).toEqual([]);
    }
    expect(acknowledged.fast).toBeGreaterThan(0);
    expect(acknowledged.exact).toBeGreaterThan(0);
  } finally {
    await millrace.dispose();
  }
});
