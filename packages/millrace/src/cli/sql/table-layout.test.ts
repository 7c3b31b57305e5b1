import { PassThrough } from "node:stream";
import { describe, expect, it } from "vitest";
import { CommandIo, type OutputStream } from "../command-io.ts";
import type { Column, Row } from "./query.ts";
import { expandedRow, tableLayout } from "./table-layout.ts";

const text = 1043;
const number = 23;

function terminal(columns: number): CommandIo {
  const stdout: OutputStream = Object.assign(new PassThrough(), { isTTY: true, columns });
  return new CommandIo({ stdin: new PassThrough(), stdout, stderr: stdout, environment: { NO_COLOR: "1" } });
}

function drawn(width: number, columns: readonly Column[], rows: readonly Row[]): readonly string[] {
  const { heading, line } = tableLayout(terminal(width), columns, rows);
  return `${heading}${rows.map(line).join("")}`.split("\n").slice(0, -1);
}

describe("tableLayout", () => {
  it("sets numbers to the right, and says null", () => {
    expect(
      drawn(
        80,
        [
          { name: "name", type: text },
          { name: "n", type: number },
          { name: "note", type: text },
        ],
        [
          ["a", "1", "x"],
          ["longer", "1000", null],
        ],
      ),
    ).toEqual([
      "name       n  note", //
      "──────  ────  ────",
      "a          1  x",
      "longer  1000  null",
    ]);
  });

  it("cuts the widest columns until a line fits", () => {
    const lines = drawn(
      30,
      [
        { name: "id", type: number },
        { name: "a", type: text },
        { name: "b", type: text },
      ],
      [["7", "x".repeat(50), "y".repeat(12)]],
    );
    expect(lines.at(-1)).toBe("   7  xxxxxxxxxxx…  yyyyyyyyyyyy".replace("   7", " 7"));
    for (const line of lines) expect([...line].length).toBeLessThanOrEqual(30);
  });

  it("knows when there is no room at all", () => {
    const columns = Array.from({ length: 20 }, (_, index) => ({ name: `column_${index}`, type: text }));
    const layout = tableLayout(terminal(60), columns, []);
    expect(layout.isTooNarrow).toBe(true);
  });

  it("gives wide characters two cells, and lets no value command the terminal", () => {
    expect(
      drawn(
        80,
        [
          { name: "a", type: text },
          { name: "b", type: text },
        ],
        [
          ["東京", "x"],
          ["\u001b[2J", "two\nlines"],
        ],
      ).slice(2),
    ).toEqual(["東京     x", "\\x1b[2J  two↵lines"]);
  });
});

it("draws a row as a block of lines", () => {
  const columns = [
    { name: "id", type: number },
    { name: "name", type: text },
  ];
  expect(expandedRow(terminal(80), columns, ["1", null], 3)).toBe("── row 3 ──\nid    1\nname  null\n");
});
