import { expect, it } from "vitest";
import { hexLines } from "./hex.ts";

it("writes sixteen bytes a line", () => {
  const bytes = new Uint8Array([...new TextEncoder().encode("Millrace is here"), 0, 255]);
  expect(hexLines(bytes)).toEqual([
    { offset: "00000000", hex: "4d 69 6c 6c 72 61 63 65  20 69 73 20 68 65 72 65", text: "Millrace is here" },
    { offset: "00000010", hex: `00 ff${" ".repeat(43)}`, text: ".." },
  ]);
  expect(hexLines(new Uint8Array(0))).toEqual([]);
});
