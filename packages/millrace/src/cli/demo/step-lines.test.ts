import { PassThrough } from "node:stream";
import { expect, it } from "vitest";
import { CommandIo, type OutputStream } from "../command-io.ts";
import { count, StepLines, several } from "./step-lines.ts";

function output(more: Partial<OutputStream>): { io: CommandIo; text: () => string } {
  const chunks: string[] = [];
  const stdout: OutputStream = Object.assign(new PassThrough(), more);
  stdout.on("data", (chunk: Buffer) => chunks.push(chunk.toString()));
  const io = new CommandIo({
    stdin: new PassThrough(),
    stdout,
    stderr: new PassThrough(),
    environment: { NO_COLOR: "1", TERM: "xterm" },
  });
  return { io, text: () => chunks.join("") };
}

async function run(steps: StepLines): Promise<void> {
  await steps.step("Streamed", "streaming flights", async () => ({
    text: "3,000 flights into Kinesis",
    amount: { amount: 3_000, unit: "flights" },
    value: undefined,
  }));
}

it("prints plain lines where nobody watches", async () => {
  const { io, text } = output({});
  const steps = new StepLines(io, false);
  await run(steps);
  expect(text()).toMatch(/^ {2}✓ Streamed {2}3,000 flights into Kinesis.* +\d+\.\d s\n$/);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what must not be there.
  expect(text()).not.toMatch(/[\u001b\r]/);
  expect(steps.done).toMatchObject([{ name: "Streamed", text: "3,000 flights into Kinesis" }]);
});

it("shows what it does on a terminal, and takes that away", async () => {
  const { io, text } = output({ isTTY: true, columns: 40 });
  await run(new StepLines(io, false));
  expect(text()).toContain("· streaming flights ...\r\u001b[2K  ✓ Streamed");
  for (const line of text()
    .replaceAll("\u001b[2K", "")
    .split(/[\n\r]/))
    expect([...line].length).toBeLessThanOrEqual(40);
});

it("says which step failed", async () => {
  const { io, text } = output({});
  const steps = new StepLines(io, false);
  const failing = steps.step("Copied", "copying", () => Promise.reject(new Error("no disk")));
  await expect(failing).rejects.toThrow("no disk");
  expect(text()).toBe("  ✗ Copied    copying\n");
  expect(steps.done).toEqual([]);
});

it("is silent when told so", async () => {
  const { io, text } = output({});
  const steps = new StepLines(io, true);
  await run(steps);
  steps.heading("x");
  steps.line("y");
  expect(text()).toBe("");
  expect(steps.done).toHaveLength(1);
});

it("counts in words", () => {
  expect(several(1, "month")).toBe("1 month");
  expect(several(1_234, "box", "boxes")).toBe("1,234 boxes");
  expect(count(3_000_000)).toBe("3,000,000");
});
