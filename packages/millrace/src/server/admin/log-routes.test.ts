import { describe, expect, it } from "vitest";
import { ManualClock } from "../../core/clock.ts";
import { LogLines } from "../log.ts";
import type { AdminCaller } from "./gate.ts";
import { logRoutes } from "./log-routes.ts";

const lines = new LogLines({ write: () => {} });
const write = (level: number, msg: string, more: object = {}): void =>
  lines.write(`${JSON.stringify({ level, time: 1_000, msg, ...more })}\n`);
write(20, "detail");
write(30, "request", { account: "111111111111", requestId: "r" });
write(40, "refused", { account: "222222222222" });
write(50, "failed", { err: { message: "disk" } });
lines.write(`{"level":50,"time":2000,"msg":"${"x".repeat(20_000)}`);

async function ask(query: string, caller: Partial<AdminCaller> = {}): Promise<Record<string, unknown>[]> {
  const [route] = logRoutes({ logLines: lines, networkClock: new ManualClock() });
  const answer = await route?.run({
    query: new URLSearchParams(query),
    signal: new AbortController().signal,
    caller: { account: "111111111111", seesAllAccounts: true, ...caller },
  } as never);
  return (JSON.parse(String(answer?.body)) as { items: Record<string, unknown>[] }).items;
}

const messages = async (query: string, caller?: Partial<AdminCaller>): Promise<unknown> =>
  (await ask(query, caller)).map(({ message }) => String(message).slice(0, 10));

describe("GET logs", () => {
  it("answers lines with their fields", async () => {
    expect((await ask("text=refused"))[0]).toEqual({
      n: 3,
      at: 1_000,
      level: "warn",
      message: "refused",
      fields: { account: "222222222222" },
    });
  });

  it("filters by level and text", async () => {
    expect(await messages("level=warn")).toEqual(["refused", "failed", '{"level":5']);
    expect(await messages("text=DISK")).toEqual(["failed"]);
    await expect(ask("level=loud")).rejects.toMatchObject({ status: 400 });
  });

  it("shows a line that was cut as it is", async () => {
    const cut = (await ask("after=4"))[0];
    expect(cut).toMatchObject({ at: 2_000, level: "error", fields: {} });
    expect(String(cut?.["message"]).length).toBe(8_192);
  });

  it("leaves out what is about other accounts", async () => {
    expect(await messages("", { seesAllAccounts: false })).toEqual([
      "detail",
      "request",
      "failed",
      '{"level":5',
    ]);
  });
});
