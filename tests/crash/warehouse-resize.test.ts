import { spawn } from "node:child_process";
import { once } from "node:events";
import { expect, test } from "vitest";
import {
  type TestSession,
  TestWarehouse,
  testKey,
} from "../../packages/millrace/src/kernels/warehouse/test-warehouse.ts";
import type { Line } from "./warehouse-resizer.ts";

const rounds = 5;
const resizer = new URL("./warehouse-resizer.ts", import.meta.url).pathname;

/** Lets the program work, kills it after so many lines, and gives what it had said. */
async function runAndKill(dir: string, lines: number): Promise<readonly Line[]> {
  const child = spawn(process.execPath, [resizer, dir], { stdio: ["ignore", "pipe", "inherit"] });
  let output = "";
  child.stdout.on("data", (chunk: Buffer) => {
    output += chunk.toString();
    if (output.split("\n").length > lines) child.kill("SIGKILL");
  });
  const [, signal] = await once(child, "close");
  expect(signal).toBe("SIGKILL");
  return output
    .split("\n")
    .slice(0, -1)
    .map((line) => JSON.parse(line) as Line);
}

/** The last that was acknowledged, or one that was begun after it. */
function possible(lines: readonly Line[], before: number): readonly number[] {
  const done = lines.findLast(({ what, kind }) => what === "done" && kind === "resize")?.number ?? before;
  const begun = lines.findLast(({ what, kind }) => what === "begin" && kind === "resize")?.number ?? done;
  return [done, begun];
}

/** Every row lies on one slice of the shape, and nowhere else; EVEN keeps the slices level. */
async function verifyRows(session: TestSession, nodes: number, loaded: ReadonlySet<number>): Promise<void> {
  const slices = await session.rows("select slice from stv_slices order by 1");
  expect(slices.map(([slice]) => Number(slice))).toEqual(
    Array.from({ length: nodes * 2 }, (_, slice) => slice),
  );
  const keyed = await session.rows("select a, slice_num() from keyed order by a");
  const even = await session.rows("select a, slice_num() from even order by a");
  expect(keyed.map(([a]) => a)).toEqual(even.map(([a]) => a));
  for (const [, slice] of [...keyed, ...even]) expect(Number(slice)).toBeLessThan(nodes * 2);
  const rows = new Set(keyed.map(([a]) => Number(a)));
  expect(rows.size).toBe(keyed.length);
  for (const number of loaded) expect(rows.has(number), `row ${number}`).toBe(true);
}

test("kill -9 in the midst of resizes leaves the old or the new shape, and all rows", async () => {
  const warehouse = await TestWarehouse.start();
  const loaded = new Set<number>();
  let resizes = 0;
  try {
    const session = await warehouse.connect();
    await session.rows(
      "create table keyed(a int) distkey(a) sortkey(a); create table even(a int) diststyle even",
    );
    let nodes = 2;
    for (let round = 0; round < rounds; round++) {
      await warehouse.stop();
      const lines = await runAndKill(warehouse.directory, 5 + round * 9);
      warehouse.start();
      for (const { what, kind, number } of lines) if (what === "done" && kind === "load") loaded.add(number);
      resizes += lines.filter(({ what, kind }) => what === "done" && kind === "resize").length;
      const state = warehouse.warehouse.state(testKey);
      expect(state?.status).toBe("available");
      expect(possible(lines, nodes)).toContain(state?.shape.nodes);
      nodes = state?.shape.nodes ?? 0;
      const reader = await warehouse.connect();
      await verifyRows(reader, nodes, loaded);
      await reader.session.close();
    }
    expect(loaded.size).toBeGreaterThanOrEqual(rounds);
    expect(resizes).toBeGreaterThanOrEqual(rounds);
  } finally {
    await warehouse[Symbol.asyncDispose]();
  }
});
