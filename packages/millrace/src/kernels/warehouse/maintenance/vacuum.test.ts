import { afterEach, beforeEach, expect, it } from "vitest";
import { type TestSession, TestWarehouse } from "../test-warehouse.ts";
import { rowsRead } from "./test-rows-read.ts";

let warehouse: TestWarehouse;
let session: TestSession;

beforeEach(async () => {
  warehouse = await TestWarehouse.start();
  session = await warehouse.connect();
});
afterEach(() => warehouse[Symbol.asyncDispose]());

/** About what the engine keeps together in one run. */
const rows = 120_000;
const loads = 6;
/** Numbers from 0 in an order that is no order. */
const mixed = `select (g::bigint * 7919) % ${rows} as a, (g::bigint * 104729) % ${rows} as b, g::int as g from generate_series(0, ${rows - 1}) as s(g)`;

async function read(condition: string): Promise<number> {
  const [[oid] = []] = await session.rows("select 't'::regclass::oid");
  return rowsRead(warehouse.cluster, Number(oid), condition);
}

const history = async (columns: string): Promise<(string | undefined)[][]> =>
  (await session.rows(`select ${columns} from sys_vacuum_history order by start_time`)).map((row) =>
    row.map((cell) => cell?.trimEnd()),
  );
const unsorted = async (): Promise<string | null | undefined> =>
  (await session.rows(`select unsorted from svv_table_info where "table" = 't'`))[0]?.[0];

it("a range of the sort key is read without the rest of the table after VACUUM", async () => {
  await session.rows("create table t(a int, b int, g int) sortkey(a)");
  await session.rows("insert into t values (1, 1, -1)");
  for (let load = 0; load < loads; load++) await session.rows(`insert into t ${mixed}`);
  const between = "c1 BETWEEN 100 AND 200";
  const before = await read(between);
  expect(Number(await unsorted())).toBeGreaterThan(50);
  expect(await session.tag("vacuum t")).toBe("VACUUM");
  expect(await unsorted()).toBe("0.00");
  const after = await read(between);
  expect(after * 2).toBeLessThanOrEqual(before);
  expect(await session.rows("select count(*), sum(g) from t where a between 100 and 200")).toEqual(
    await session.rows(
      `select count(*) * ${loads}, sum(g) * ${loads} from (${mixed}) where a between 100 and 200`,
    ),
  );
  expect(await session.rows("select count(*), min(a), max(a) from t")).toEqual([
    [String(rows * loads + 1), "0", String(rows - 1)],
  ]);
});

it("an interleaved key helps each of its columns", async () => {
  await session.rows("create table t(a int, b int, g int) interleaved sortkey(a, b)");
  await session.rows("insert into t values (1, 1, -1)");
  for (let load = 0; load < loads; load++) await session.rows(`insert into t ${mixed}`);
  const before = await read("c1 BETWEEN 100 AND 200");
  await session.rows("vacuum reindex t");
  expect(await read("c1 BETWEEN 100 AND 200")).toBeLessThan(before);
  expect(await read("c2 BETWEEN 100 AND 200")).toBeLessThan(before);
  expect(await read("c1 BETWEEN 100 AND 9000 AND c2 BETWEEN 100 AND 9000")).toBeLessThan(before);
  expect(await session.rows("select count(*), sum(a), sum(b) from t")).toEqual(
    await session.rows(
      `select count(*) * ${loads} + 1, sum(a) * ${loads} + 1, sum(b) * ${loads} + 1 from (${mixed})`,
    ),
  );
});

it("the space of deleted rows is given back, and kept over a restart", async () => {
  await session.rows(`create table t as ${mixed}`);
  const bytes = (): number => warehouse.warehouse.list()[0]?.usedBytes ?? 0;
  await session.rows("vacuum t");
  await session.rows("delete from t where a % 2 = 0");
  const [[count] = []] = await session.rows("select count(*) from t");
  await session.rows("vacuum delete only t");
  expect(await history("status, rows_before_vacuum > 90000, reclaimed_rows, is_automatic")).toEqual([
    ["Skipped", "t", "0", "f"],
    ["Complete", "t", String(rows - Number(count)), "f"],
  ]);
  expect(await session.rows("select count(*) from t")).toEqual([[count]]);
  await warehouse.restart();
  session = await warehouse.connect();
  expect(await session.rows("select count(*), count(distinct a) from t")).toEqual([[count, count]]);
  await session.rows("truncate t; vacuum t");
  expect(bytes()).toBeGreaterThan(0);
});

it("tables that are sorted well enough are skipped, for the threshold that was asked for", async () => {
  await session.rows(
    "create table source(a int); insert into source select g from generate_series(1, 97) as s(g)",
  );
  await session.rows("create table t sortkey(a) as select a from source");
  await session.rows("insert into t values (0), (0), (0)");
  expect(await unsorted()).toBe("3.00");
  await session.rows("vacuum t");
  expect(await unsorted()).toBe("3.00");
  await session.rows("vacuum sort only t to 100 percent");
  expect(await unsorted()).toBe("0.00");
  await session.rows("vacuum delete only t to 100 percent; vacuum t to 0 percent");
  expect(await history("vacuum_type, status, sortedrows_before_vacuum, sortedrows_after_vacuum")).toEqual([
    ["Full", "Skipped", "97", "97"],
    ["Sort", "Complete", "97", "100"],
    ["Delete", "Skipped", "100", "100"],
    ["Full", "Skipped", "100", "100"],
  ]);
  expect(await session.rows("select rows from stl_vacuum where status = 'Finished'")).toEqual([["100"]]);
});

it("VACUUM without a name takes all tables, temporary ones too; others' tables are skipped", async () => {
  await session.rows("create table t(a int) sortkey(a); create temp table own(a int) sortkey(a)");
  await session.rows("insert into t values (3), (1); insert into own values (3), (1)");
  await session.rows("create user anna password 'Secret12'; grant select on t to anna");
  const anna = await warehouse.connect({ user: "anna" });
  expect(await anna.tag("vacuum t")).toBe("VACUUM");
  expect(anna.notices.at(-1)).toMatchObject({
    severity: "WARNING",
    message: 'skipping "t" --- only table or database owner can vacuum it',
  });
  expect(await anna.tag("vacuum")).toBe("VACUUM");
  expect(await unsorted()).toBe("100.00");
  await session.rows("vacuum");
  expect(await unsorted()).toBe("0.00");
  expect(await session.rows("select a from own")).toEqual([["1"], ["3"]]);
  expect((await history("table_name")).flat().sort()).toEqual(["own", "t"]);
});

it("it is refused in a block, for what is no table, and while another one runs", async () => {
  await session.rows("create table t(a int); create view v as select a from t");
  expect(await session.error("begin; vacuum t")).toContain(
    "25001 VACUUM cannot run inside a transaction block",
  );
  await session.rows("rollback");
  expect(await session.error("vacuum nothing")).toBe('42P01 relation "nothing" does not exist');
  expect(await session.error("vacuum v")).toBe('42809 "v" is not a table');
  await session.rows("insert into t values (1)");
  const other = await warehouse.connect();
  await other.rows("begin; insert into t values (2)");
  const waiting = session.rows("vacuum t to 100 percent");
  const third = await warehouse.connect();
  await expect.poll(() => third.error("vacuum t")).toBe("55006 VACUUM is already running in another session");
  await other.rows("commit");
  await waiting;
  expect(await third.rows("select count(*) from t")).toEqual([["2"]]);
});

it("readers go on with the rows of before; a block that is older than the VACUUM cannot write any more", async () => {
  await session.rows("create table t(a int) sortkey(a); create table other(a int)");
  await session.rows("insert into t values (3), (1), (2)");
  const reader = await warehouse.connect();
  await reader.rows("begin; select count(*) from t");
  const writer = await warehouse.connect();
  await writer.rows("begin; select * from other");
  await session.rows("vacuum t");
  expect(await reader.rows("select sum(a) from t")).toEqual([["6"]]);
  await reader.rows("commit");
  expect(await writer.error("insert into t values (4)")).toMatch(/^(40001|XX000|.*conflict)/i);
  await writer.rows("rollback");
  await writer.rows("insert into t values (4)");
  expect(await session.rows("select sum(a) from t")).toEqual([["10"]]);
});

it("an answer that is being read goes on, and plans of before find the new rows", async () => {
  await session.rows("create table t(a int, b int, g int) sortkey(a)");
  await session.rows(`insert into t ${mixed}; insert into t ${mixed}`);
  const reader = await warehouse.connect();
  const query = "select a from t";
  await reader.rows("select count(*) from t");
  const [statement] = reader.session.parse(query);
  if (statement === undefined) throw new Error("there is no statement");
  const result = await reader.session.execute(await reader.session.prepare(statement, []), []);
  const batches = result.batches[Symbol.asyncIterator]();
  const first = await batches.next();
  await session.rows("vacuum t");
  let read = first.done === true ? 0 : first.value.rowCount;
  for (;;) {
    const next = await batches.next();
    if (next.done === true) break;
    read += next.value.rowCount;
  }
  await reader.session.sync();
  expect(read).toBe(rows * 2);
  expect(await reader.rows("select count(*) from t")).toEqual([[String(rows * 2)]]);
  expect((await reader.rows(query)).slice(0, 3)).toEqual([["0"], ["0"], ["1"]]);
});

it("a VACUUM that is cancelled leaves the table as it was", async () => {
  await session.rows("create table t(a int, b int, g int) sortkey(a)");
  await session.rows(`insert into t ${mixed}; insert into t ${mixed}`);
  const before = await unsorted();
  await session.rows("set statement_timeout to 1");
  expect(await session.error("vacuum t to 100 percent")).toContain("57014");
  await session.rows("set statement_timeout to 0");
  expect(await session.rows("select count(*), count(distinct a) from t")).toEqual([
    [String(rows * 2), String(rows)],
  ]);
  expect(await unsorted()).toBe(before);
  await session.rows("vacuum t to 100 percent");
  expect(await unsorted()).toBe("0.00");
});
