import { readFileSync } from "node:fs";
import { afterEach, beforeAll, describe, expect, it } from "vitest";
import { type Clock, ManualClock, systemClock } from "../../../../core/clock.ts";
import { printNumber } from "./jq-number.ts";
import { JqCompileError, JqProgram, type JqResult } from "./jq-program.ts";

const opened: JqProgram[] = [];
afterEach(async () => {
  await Promise.all(opened.splice(0).map((program) => program.close()));
});

/** The time is over as soon as a thread that runs is asked: hanging programs need no waiting. */
const impatientClock: Clock = {
  now: () => 0,
  after: (delayMs, run) => {
    if (delayMs > 5000) return systemClock.after(delayMs, run);
    const handle = setImmediate(run);
    return { cancel: () => clearImmediate(handle) };
  },
};

function program(text: string, clock: Clock = systemClock): JqProgram {
  const created = new JqProgram(text, clock);
  opened.push(created);
  return created;
}

async function run(text: string, ...documents: readonly unknown[]): Promise<readonly JqResult[]> {
  return await program(text).run(documents.map((document) => JSON.stringify(document)));
}

async function refusal(text: string): Promise<string> {
  const error: unknown = await program(text)
    .check()
    .catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(JqCompileError);
  return (error as JqCompileError).message;
}

interface Recorded {
  readonly document: string;
  readonly cases: readonly { readonly program: string; readonly output: string }[];
}

describe("programs as jq 1.6 runs them", () => {
  const recorded: Recorded = JSON.parse(
    readFileSync(new URL("./fixtures/jq-1.6.json", import.meta.url), "utf8"),
  );

  let values: readonly unknown[] = [];

  // All in one thread: a program each would take its time to start.
  beforeAll(async () => {
    const text = `[${recorded.cases.map((one) => `[${one.program}]`).join(", ")}]`;
    const [result] = await run(text, JSON.parse(recorded.document));
    values = result !== undefined && "values" in result ? (result.values[0] as readonly unknown[]) : [];
  });

  it.each(recorded.cases.map((one, index) => ({ ...one, index })))("$program", ({ output, index }) => {
    expect(values).toHaveLength(recorded.cases.length);
    expect(values[index]).toEqual([JSON.parse(output)]);
  });

  it("prints numbers as 1.6 does", () => {
    const texts = recorded.cases.flatMap(({ output }) => /^\{"k":(-?[\d.e+-]+)\}$/.exec(output)?.[1] ?? []);
    expect(texts.length).toBeGreaterThan(8);
    expect(texts.map((text) => printNumber(Number(text)))).toEqual(texts);
    expect(printNumber(Number.POSITIVE_INFINITY)).toBe("1.7976931348623157e+308");
    expect([1e17, 123e-7, 0, -0, 0.0001].map(printNumber)).toEqual([
      "1e+17",
      "1.23e-05",
      "0",
      "-0",
      "0.0001",
    ]);
  });
});

describe("documents", () => {
  it("gives each its own result, in order, whatever the others do", async () => {
    const results = await run("{k: .a}", { a: 1 }, [1], { a: null }, "text", { a: { b: [2] } });
    expect(results).toEqual([
      { values: [{ k: 1 }] },
      { error: 'Cannot index array with string "a"' },
      { values: [{ k: null }] },
      { error: 'Cannot index string with string "a"' },
      { values: [{ k: { b: [2] } }] },
    ]);
  });

  it("works on several batches at once, one after the other", async () => {
    const one = program(".n");
    const batches = await Promise.all(
      Array.from({ length: 20 }, (_, n) => one.run([`{"n":${n}}`, `{"n":${n}.5}`])),
    );
    expect(batches).toEqual(Array.from({ length: 20 }, (_, n) => [{ values: [n] }, { values: [n + 0.5] }]));
  });

  it("passes more than a megabyte", async () => {
    const documents = Array.from({ length: 3000 }, (_, n) => ({ n, pad: "ü".repeat(400) }));
    expect(await run(".n", ...documents)).toEqual(documents.map(({ n }) => ({ values: [n] })));
  });

  it("says what is wrong with one that is too deep, and does the others", async () => {
    const deep = `${"[".repeat(20_000)}${"]".repeat(20_000)}`;
    const results = await program("1").run(["{}", deep, "{}"]);
    expect(results).toEqual([{ values: [1] }, { error: expect.stringContaining("depth") }, { values: [1] }]);
  });
});

describe("programs that do not compile", () => {
  it.each([
    [".a|", "syntax error"],
    [".a) | (.b", "syntax error"],
    ["{k:.a}}", "syntax error"],
    ["nothing(.)", "nothing/1 is not defined"],
    ["$x", "$x is not defined"],
    ["break $f", "is not defined"],
    ['import "a" as a; 1', "module not found"],
    ['include "/etc/passwd"; 1', "module not found"],
    ['"x" * 1e9', "allocate"],
    ["(".repeat(50_000), ""],
  ])("%s", async (text, message) => {
    expect(await refusal(text)).toContain(message);
  });

  it("shows the program, not what is around it", async () => {
    expect(await refusal("{k: .a")).not.toContain("inputs");
  });
});

describe("hostile programs", () => {
  it.each([
    ["input", { error: "No more inputs" }],
    ["[inputs]", { values: [[]] }],
    ["env", { values: [{}] }],
    ["$ENV", { values: [{}] }],
    ["$ENV.PATH", { values: [null] }],
    ["halt", { error: "halt" }],
    ['"bye" | halt_error', { error: "bye" }],
    ["halt_error(3)", { error: "{}" }],
    ["input_filename", { values: [null] }],
    ["1 | debug", { values: [1] }],
    ["stderr", { values: [{}] }],
    ["error(null)", { error: "null" }],
    ["abs", { error: "abs/0 is not defined" }],
    ["repeat(1)", { values: [1, 1] }],
    ["range(1e12)", { values: [0, 1] }],
    ["empty", { values: [] }],
    ["# a comment at the end", undefined],
  ])("%s", async (text, expected) => {
    const results = await run(`${expected === undefined ? "1 " : ""}${text}`, {}, {});
    const result = expected ?? { values: [1] };
    expect(results).toEqual([result, result]);
  });

  it("takes no more memory than it is given", async () => {
    const results = await run("if . == 1 then 1 else [range(1e8) | tostring] end", 1, 2, 1);
    expect(results[0]).toEqual({ values: [1] });
    expect(results[1]).toHaveProperty("error");
    expect(results[2]).toEqual({ values: [1] });
  });

  it("writes no more than it may", async () => {
    const results = await run('if . == 1 then 1 else [range(200) | "x" * 200000] end', 1, 2);
    expect(results[0]).toEqual({ values: [1] });
    expect(results[1]).toHaveProperty("error");
  });

  it("is ended when its time is over, for every document", async () => {
    const results = await program("def f: f; f", impatientClock).run(Array.from({ length: 9 }, () => "{}"));
    expect(results).toEqual(
      Array.from({ length: 9 }, () => ({ error: expect.stringContaining("jq ran for") })),
    );
  });

  it("does no more once it is closed", async () => {
    const one = program("1");
    await one.run(["{}"]);
    await one.close();
    await expect(one.run(["{}"])).rejects.toThrow("jq");
  });
});

it("gets a new thread after a while without work", async () => {
  const clock = new ManualClock();
  const one = program(".n", clock);
  expect(await one.run(['{"n":1}'])).toEqual([{ values: [1] }]);
  clock.advance(60_000);
  expect(await one.run(['{"n":2}'])).toEqual([{ values: [2] }]);
});
