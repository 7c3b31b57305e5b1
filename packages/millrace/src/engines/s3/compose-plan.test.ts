import { expect, test } from "vitest";
import { seededRandom } from "../../kernels/objects/store-fixture.ts";
import { type ComposeStep, type Piece, planComposition } from "./compose-plan.ts";

const limits = { minBytes: 5, maxCopyBytes: 20 };

function blobs(...sizes: readonly number[]): readonly { readonly blob: string; readonly size: number }[] {
  return sizes.map((size, i) => ({ blob: `b${i}`, size }));
}

/** `b0` for a whole blob that is copied, `b0[0,5)` for a part of it, in brackets what is gathered. */
function shown(steps: readonly ComposeStep[]): readonly string[] {
  const text = ({ blob, size, start, end }: Piece): string =>
    start === 0 && end === size ? blob : `${blob}[${start},${end})`;
  return steps.map((step) =>
    step.kind === "copy" ? text(step.piece) : `(${step.pieces.map(text).join(" ")})`,
  );
}

test.each<[string, readonly number[], readonly string[]]>([
  ["nothing", [], []],
  ["only empty ones", [0, 0], []],
  ["one small blob", [3], ["b0"]],
  ["blobs that are big enough", [5, 9, 5], ["b0", "b1", "b2"]],
  ["a last one that is small", [5, 1], ["b0", "b1"]],
  ["an empty one between", [5, 0, 5], ["b0", "b2"]],
  ["a small one before a big one", [2, 10, 1], ["(b0 b1[0,3))", "b1[3,10)", "b2"]],
  ["a head that leaves too little", [2, 6], ["(b0 b1[0,3))", "(b1[3,6))"]],
  ["many small ones", [2, 2, 2, 2], ["(b0 b1 b2[0,1))", "(b2[1,2) b3)"]],
  ["one that is too big for a copy", [45], ["b0[0,15)", "b0[15,30)", "b0[30,45)"]],
])("%s", (_name, sizes, expected) => {
  expect(shown(planComposition(blobs(...sizes), limits))).toEqual(expected);
});

test("whatever the sizes, the steps are the bytes in their order, and of sizes that S3 takes", () => {
  const random = seededRandom(7);
  for (let round = 0; round < 2_000; round++) {
    const sizes = Array.from({ length: Math.floor(random() * 8) }, () =>
      Math.floor(random() ** 2 * (random() < 0.3 ? 70 : 9)),
    );
    const steps = planComposition(blobs(...sizes), limits);
    const bytes = steps.flatMap((step) => {
      const pieces = step.kind === "copy" ? [step.piece] : step.pieces;
      return [pieces.flatMap(({ blob, start, end }) => range(start, end).map((at) => `${blob}:${at}`))];
    });
    const whole = sizes.flatMap((size, i) => range(0, size).map((at) => `b${i}:${at}`));
    expect(bytes.flat(), `sizes ${sizes}`).toEqual(whole);
    for (const step of bytes.slice(0, -1)) expect(step.length, `sizes ${sizes}`).toBeGreaterThanOrEqual(5);
    for (const step of bytes) expect(step.length, `sizes ${sizes}`).toBeLessThanOrEqual(20);
  }
});

function range(start: number, end: number): readonly number[] {
  return Array.from({ length: end - start }, (_, i) => start + i);
}
