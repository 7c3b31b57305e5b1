import type { TableDefinition } from "../../../../sql/flink/relation.ts";
import { TableOptions } from "../table-options.ts";
import { FieldOptions } from "./field-options.ts";
import { type Generator, generatorOf } from "./generators.ts";

/** As in Flink. */
const defaultRowsPerSecond = 10_000;

export interface DatagenSettings {
  /** Of the table's columns by index; undefined where a column is no physical one. */
  readonly generators: readonly (Generator | undefined)[];
  /** Of all splits together. */
  readonly rowsPerSecond: number;
  /** Infinity: for ever. */
  readonly rows: number;
  readonly splits: number;
}

/** @throws SqlError that names the option */
export function datagenSettings(table: TableDefinition): DatagenSettings {
  const options = new TableOptions(table);
  const asked = new Set(["rows-per-second", "number-of-rows"]);
  const generators = table.columns.map((column) =>
    column.kind === "physical"
      ? generatorOf(column.field.type, new FieldOptions(options, column.field.name, asked))
      : undefined,
  );
  options.check("source", { used: [...asked], ignored: [] });
  const wanted =
    options.get("number-of-rows") === undefined
      ? Number.POSITIVE_INFINITY
      : options.wholeNumber("number-of-rows", 0, 1);
  return {
    generators,
    rowsPerSecond: options.wholeNumber("rows-per-second", defaultRowsPerSecond, 1),
    rows: Math.min(wanted, ...generators.map((generator) => generator?.rows ?? Number.POSITIVE_INFINITY)),
    splits: options.wholeNumber("scan.parallelism", 1, 1),
  };
}

/**
 * A position is how many rows of a split were made before, and when the last ones were: `120@1767225600000`. So
 * a round that is repeated gives its rows the times that they had.
 */
export interface DatagenPosition {
  readonly rows: number;
  readonly nowMs: number;
}

export const datagenStart = "0@0";

export function positionText({ rows, nowMs }: DatagenPosition): string {
  return `${rows}@${nowMs}`;
}

export function positionOf(text: string | number): DatagenPosition {
  const [rows = "0", nowMs = "0"] = `${text}`.split("@");
  return { rows: Number(rows), nowMs: Number(nowMs) };
}

export const datagenSplit = (index: number): string => `datagen-${index}`;

export const splitIndex = (id: string): number => Number(id.slice("datagen-".length));
