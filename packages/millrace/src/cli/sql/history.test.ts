import { mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { oneLine, SqlHistory } from "./history.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "millrace-history-"));
});
afterEach(() => rm(folder, { recursive: true }));

it("keeps statements for the next session, for their owner alone", async () => {
  const history = new SqlHistory({ XDG_STATE_HOME: folder });
  await history.add("select 1;");
  await history.add("select\n  2;");
  expect(await new SqlHistory({ XDG_STATE_HOME: folder }).read()).toEqual(["select 2;", "select 1;"]);
  expect((await stat(join(folder, "millrace/sql_history"))).mode & 0o777).toBe(0o600);
});

it("leaves out what would mean something else on one line", () => {
  expect(oneLine("select 1 -- one\n, 2")).toBe("");
  expect(oneLine("select 'a\nb'")).toBe("");
  expect(oneLine("select 1 -- one")).toBe("select 1 -- one");
});

it("does not grow without end", async () => {
  const path = join(folder, "history");
  await writeFile(path, Array.from({ length: 2_500 }, (_, index) => `select ${index};\n`).join(""));
  const history = new SqlHistory({ MILLRACE_SQL_HISTORY: path });
  expect(await history.read()).toHaveLength(1_000);
  expect((await readFile(path, "utf8")).split("\n")).toHaveLength(1_001);
});
