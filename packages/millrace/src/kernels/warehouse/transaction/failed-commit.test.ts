import { expect, it, vi } from "vitest";
import { TestWarehouse } from "../test-warehouse.ts";

const columns = 480;

function list(item: (index: number) => string): string {
  return Array.from({ length: columns }, (_, index) => item(index)).join(",");
}

const numbers = Array.from({ length: 20_000 }, (_, index) => `(${index})`).join(",");

it("after a commit that ran out of memory no value stands in another row's place", async () => {
  await using test = await TestWarehouse.start(undefined, { memoryLimitBytes: 128 * 1024 * 1024 });
  const [failing, other] = [await test.connect(), await test.connect()];
  await failing.rows(`create table wide(${list((i) => `c${i} int`)})`);
  await failing.rows(`insert into wide values (${list(() => "1")})`);
  await failing.rows("begin");
  await failing.rows(`insert into wide(c1) values ${numbers}`);
  expect(await failing.error("commit")).toContain("53200");
  // Sessions end, as the engine is opened anew; nothing of the transaction is left.
  expect(await other.error(`insert into wide values (${list(() => "2")})`)).toContain("57P01");
  const again = await vi.waitFor(() => test.connect());
  await again.rows(`insert into wide values (${list(() => "3")})`);
  const row = (value: string): string[] => Array.from({ length: columns }, () => value);
  expect(await again.rows("select * from wide order by c0")).toEqual([row("1"), row("3")]);
});
