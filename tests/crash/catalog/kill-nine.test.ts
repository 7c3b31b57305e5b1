import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { setTimeout as after } from "node:timers/promises";
import {
  CreateDatabaseCommand,
  CreateTableCommand,
  DeleteTableCommand,
  GetPartitionIndexesCommand,
  GetTableCommand,
  GetTableVersionsCommand,
  GlueClient,
  GlueServiceException,
  paginateGetPartitions,
  paginateGetTables,
} from "@aws-sdk/client-glue";
import { expect, it } from "vitest";
import { MillraceProcess } from "../../fixtures/millrace-process.ts";
import { database, makeAndDelete, TableLedger, TableLoad, tableInput } from "./load.ts";

const rounds = 10;
const longestRunMs = 900;
const seed = 20_260_101;

/** The same numbers for the same seed. */
function seeded(from: number): () => number {
  let state = from >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

const clientOf = (millrace: MillraceProcess): GlueClient =>
  new GlueClient({
    endpoint: millrace.url,
    region: "us-east-1",
    credentials: { accessKeyId: "test", secretAccessKey: "test" },
    maxAttempts: 1,
  });

/** Lets clients work, pulls the plug, and starts again. No client may have been refused anything. */
async function workAndDie(
  millrace: MillraceProcess,
  tables: readonly TableLedger[],
  round: number,
): Promise<void> {
  const random = seeded(seed + round);
  const client = clientOf(millrace);
  const works = Promise.allSettled([
    ...tables.map((table) => new TableLoad(client, table, random, round * 1_000_000).run()),
    makeAndDelete(client, `gone_${round}`),
  ]);
  await after(200 + random() * longestRunMs);
  await millrace.kill();
  for (const work of await works)
    if (work.status === "rejected" && work.reason instanceof GlueServiceException)
      throw new Error(`round ${round}: a client was refused`, { cause: work.reason });
  client.destroy();
  await millrace.start();
}

async function yearsOf(client: GlueClient, table: TableLedger, Expression: string): Promise<Set<number>> {
  const years = new Set<number>();
  for await (const { Partitions = [] } of paginateGetPartitions({ client }, { ...table.input, Expression }))
    for (const { Values, Parameters } of Partitions) {
      expect(Parameters).toEqual({ year: Values?.[0] });
      years.add(Number(Values?.[0]));
    }
  return years;
}

/** What was acknowledged is there, and what was not has come true or has not, with the index and without. */
async function verify(client: GlueClient, table: TableLedger): Promise<void> {
  const all = await yearsOf(client, table, "");
  for (const year of table.partitions) if (!table.open.has(year)) expect(all.has(year), `${year}`).toBe(true);
  for (const year of all) expect(table.partitions.has(year) || table.open.has(year), `${year}`).toBe(true);
  expect(await yearsOf(client, table, "year >= 0")).toEqual(all);
  table.partitions.clear();
  for (const year of all) table.partitions.add(year);
  table.open.clear();
  const { Table } = await client.send(new GetTableCommand({ DatabaseName: database, Name: table.name }));
  expect([table.version, table.begunVersion]).toContain(Number(Table?.VersionId));
  expect(Table?.Description).toBe(`version ${Table?.VersionId}`);
  table.version = Number(Table?.VersionId);
  const { TableVersions } = await client.send(new GetTableVersionsCommand({ ...table.input, MaxResults: 2 }));
  expect(TableVersions).toHaveLength(Math.min(2, table.version + 1));
}

/** An index that was being filled or emptied gets there after the start. */
async function verifyIndex(client: GlueClient, table: TableLedger): Promise<void> {
  await expect
    .poll(
      async () => {
        const { PartitionIndexDescriptorList = [] } = await client.send(
          new GetPartitionIndexesCommand(table.input),
        );
        return PartitionIndexDescriptorList.every(({ IndexStatus }) => IndexStatus === "ACTIVE");
      },
      { timeout: 20_000 },
    )
    .toBe(true);
}

it(`kill -9 under load loses nothing that was acknowledged of the catalog (seed ${seed})`, async () => {
  const millrace = await MillraceProcess.start();
  let client = clientOf(millrace);
  const tables = ["one", "two"].map((name) => new TableLedger(name));
  try {
    await client.send(new CreateDatabaseCommand({ DatabaseInput: { Name: database } }));
    for (const { name } of tables)
      await client.send(new CreateTableCommand({ DatabaseName: database, TableInput: tableInput(name, 0) }));
    for (let round = 0; round < rounds; round++) {
      await workAndDie(millrace, tables, round);
      client.destroy();
      client = clientOf(millrace);
      for (const table of tables) {
        await verifyIndex(client, table);
        await verify(client, table);
      }
      for await (const { TableList = [] } of paginateGetTables({ client }, { DatabaseName: database }))
        for (const { Name = "" } of TableList)
          if (Name.startsWith("gone_"))
            await client.send(new DeleteTableCommand({ DatabaseName: database, Name }));
    }
    for (const table of tables) expect(table.acknowledgements).toBeGreaterThan(10 * rounds);
    expect(millrace.stderr).not.toContain("internal failure");
    const kept = tables.reduce((sum, { partitions }) => sum + partitions.size, 0);
    await expect.poll(() => rowsIn(millrace), { timeout: 20_000 }).toEqual({ documents: kept, trash: 0 });
  } finally {
    client.destroy();
    await millrace.dispose();
  }
});

/** What is left in the file once everything that was deleted has gone. */
function rowsIn(millrace: MillraceProcess): { documents: number; trash: number } {
  const file = new DatabaseSync(join(millrace.dataFolder, "glue/catalog.sqlite"), { readOnly: true });
  try {
    const count = (table: string) => Number(file.prepare(`SELECT count(*) AS n FROM ${table}`).get()?.["n"]);
    return { documents: count("partition_documents"), trash: count("trash") };
  } finally {
    file.close();
  }
}
