import { pino } from "pino";
import { expect, it } from "vitest";
import { LogLines } from "./log.ts";

it("keeps the lines that it writes, the newest 2,000 of them and no more than 8 KiB of each", () => {
  const written: string[] = [];
  const lines = new LogLines({ write: (line) => written.push(line) });
  const log = pino({ level: "info", base: null }, lines);
  for (let i = 0; i < 2_500; i++) log.info({ i }, "line");
  log.debug("not at this level");
  log.error({ text: "x".repeat(100_000) }, "long");
  expect(written).toHaveLength(2_501);
  const { items, missed } = lines.feed.page(0, 10_000, () => true);
  expect([items.length, missed]).toEqual([2_000, 501]);
  expect(items.slice(0, -1).map(({ text }) => text)).toEqual(written.slice(501, -1));
  expect(items.at(-1)?.text.length).toBe(8_192);
});
