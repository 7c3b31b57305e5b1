import { afterAll, describe, expect, it } from "vitest";
import { systemClock } from "../../../../core/clock.ts";
import { JqProgram } from "./jq-program.ts";
import { PathProgram, undecided } from "./path-program.ts";

describe("what is a program of paths", () => {
  it.each([
    ["{a:.a}", ["a"]],
    [' { "a b" : . , c } ', ["a b", "c"]],
    ['{a:.a.b.c,b:."x y",c:.["z"][0]["é"].d}', ["a", "b", "c"]],
    ["{a:.[0].b[-1]}", ["a"]],
  ])("%s", (program, keys) => {
    expect(PathProgram.parse(program)?.keys).toEqual(keys);
  });

  it.each([
    [""],
    ["."],
    [".a"],
    ["{}"],
    ["{a:.a"],
    ["{a:.a} | ."],
    ["{a:.a|tostring}"],
    ["{a:.a?}"],
    ["{a:.a[]}"],
    ["{a:.a[1:2]}"],
    ["{a:..}"],
    ["{a:.a .b c}"],
    ['{"\\(.a)":.b}'],
    ['{a:."b\\u0041"}'],
    ["{(.a):.b}"],
    ["{a:.b # comment\n}"],
    ["{$a}"],
    ["{a:1}"],
    ["{@base64:.a}"],
    ["{a:.[1.5]}"],
  ])("not %s", (program) => {
    expect(PathProgram.parse(program)).toBeUndefined();
  });
});

/** A small generator of the same numbers for the same seed. */
class Random {
  #state: number;

  constructor(seed: number) {
    this.#state = seed;
  }

  below(limit: number): number {
    this.#state = (Math.imul(this.#state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((this.#state / 2 ** 32) * limit);
  }

  pick<T>(values: readonly [T, ...T[]]): T {
    return values[this.below(values.length)] ?? values[0];
  }
}

function randomValue(random: Random, depth: number): unknown {
  if (depth === 0 || random.below(3) === 0) {
    return random.pick<unknown>([null, true, false, 0, -1.5, 1e21, 12_345_678_901, "", "text", "ü\u0000"]);
  }
  if (random.below(3) === 0)
    return Array.from({ length: random.below(4) }, () => randomValue(random, depth - 1));
  const names = Array.from({ length: random.below(5) }, () => random.pick(["a", "b", "c", "x y"]));
  return Object.fromEntries(names.map((name) => [name, randomValue(random, depth - 1)]));
}

function randomProgram(random: Random): string {
  const step = (isFirst: boolean): string => {
    const dot = isFirst ? "." : "";
    return random.pick([".a", ".b", ".c", '."x y"', `${dot}["a"]`, `${dot}[0]`, `${dot}[-2]`, `${dot}[7]`]);
  };
  const path = (): string => Array.from({ length: 1 + random.below(4) }, (_, n) => step(n === 0)).join("");
  const entry = (): string => random.pick([`k${random.below(3)}: ${path()}`, `"q":${path()}`, "a", "w:."]);
  return `{ ${Array.from({ length: 1 + random.below(3) }, entry).join(" , ")} }`;
}

describe("equal to jq", () => {
  const seed = 20_261_122;
  const random = new Random(seed);
  const texts = Array.from({ length: 60 }, () => randomProgram(random));
  // All programs in one thread: a thread each would take its time to start.
  const tried = texts.map((text) => `(try {v: ${text}} catch {e: .})`);
  const jq = new JqProgram(`[${tried.join(", ")}]`, systemClock);
  afterAll(() => jq.close());

  it("makes what jq makes of random documents, and decides nothing that jq refuses", async () => {
    const documents = Array.from({ length: 200 }, () => randomValue(random, 5));
    const results = await jq.run(documents.map((document) => JSON.stringify(document)));
    let decided = 0;
    for (const [index, document] of documents.entries()) {
      const result = results[index];
      const values =
        result !== undefined && "values" in result ? (result.values[0] as readonly unknown[]) : [];
      expect(values, `seed ${seed}`).toHaveLength(texts.length);
      for (const [place, text] of texts.entries()) {
        const own = PathProgram.parse(text)?.run(document);
        const shown = `seed ${seed}, ${text} of ${JSON.stringify(document)}`;
        if (own === undecided) expect(values[place], shown).toHaveProperty("e");
        else expect({ v: own }, shown).toEqual(values[place]);
        if (own !== undecided) decided++;
      }
    }
    expect(decided).toBeGreaterThan(2000);
  });
});
