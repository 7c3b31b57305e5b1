import type { Value } from "../../../../sql/flink/bound-expression.ts";
import { type IntegerMode, NeedsExactIntegers } from "../../../../sql/flink/functions/scalar-function.ts";
import type { FlinkType } from "../../../../sql/flink/types.ts";
import { type Batch, laneOf } from "../../batch.ts";
import { ColumnBuilder } from "../../columns/index.ts";
import type { InternalConnector, Position, RowMaker } from "../../connector-port.ts";
import type { SourceColumn } from "../../plan/physical-plan.ts";
import { type DatagenSettings, datagenSettings, positionOf, splitIndex } from "./datagen-options.ts";
import type { Generator, Place } from "./generators.ts";
import { mix } from "./random.ts";

const batchRows = 2048;

export const datagenRows: InternalConnector = {
  openRows: (table, columns, mode) => new DatagenRows(datagenSettings(table), columns, mode),
};

interface Column {
  readonly make: (place: Place) => Value;
  readonly type: FlinkType;
}

/** Makes only the columns that a query reads. */
class DatagenRows implements RowMaker {
  readonly #splits: number;
  readonly #columns: readonly Column[];
  readonly #mode: IntegerMode;

  constructor({ generators, splits }: DatagenSettings, columns: readonly SourceColumn[], mode: IntegerMode) {
    this.#splits = splits;
    this.#mode = mode;
    this.#columns = columns.map(({ field, column, path }) => {
      let generator: Generator | undefined = generators[column];
      for (const index of path) generator = generator?.fields?.[index];
      if (generator === undefined) throw new RangeError("a source reads a column that its table has not");
      return { make: converted(generator, field.type, mode), type: field.type };
    });
  }

  *rows(split: string, from: Position, to: Position): Iterable<Batch> {
    const offset = splitIndex(split);
    const { rows: end, nowMs } = positionOf(to);
    for (let at = positionOf(from).rows; at < end; at += batchRows)
      yield this.#batch(offset, at, Math.min(at + batchRows, end), nowMs);
  }

  #batch(offset: number, from: number, to: number, nowMs: number): Batch {
    const places: Place[] = [];
    for (let at = from; at < to; at += 1) {
      const row = at * this.#splits + offset;
      places.push({ key: mix(mix(row >>> 0) ^ Math.floor(row / 2 ** 32)), row, nowMs });
    }
    const columns = this.#columns.map(({ make, type }) => {
      const builder = new ColumnBuilder(laneOf(type, this.#mode), places.length);
      for (const place of places) builder.appendValue(make(place));
      return builder.finish();
    });
    return { rowCount: places.length, columns, kinds: undefined };
  }
}

/** BIGINTs, also in other values, as numbers where the job's mode wants that. */
function converted({ make }: Generator, type: FlinkType, mode: IntegerMode): Generator["make"] {
  if (mode === "exact") return make;
  const convert = inDoubles(type);
  return convert === undefined ? make : (place) => convert(make(place));
}

function inDoubles(type: FlinkType): ((value: Value) => Value) | undefined {
  switch (type.kind) {
    case "bigint":
      return (value) => {
        if (value === null) return null;
        const number = Number(value);
        if (!Number.isSafeInteger(number)) throw new NeedsExactIntegers();
        return number;
      };
    case "array": {
      const element = inDoubles(type.element);
      return element && ((value) => (value === null ? null : (value as readonly Value[]).map(element)));
    }
    case "row": {
      const fields = type.fields.map((field) => inDoubles(field.type));
      if (fields.every((field) => field === undefined)) return undefined;
      return (value) =>
        value === null
          ? null
          : (value as readonly Value[]).map((inner, index) => fields[index]?.(inner) ?? inner);
    }
    case "map":
    case "multiset": {
      const key = inDoubles(type.kind === "map" ? type.key : type.element);
      const held = type.kind === "map" ? inDoubles(type.value) : undefined;
      if (key === undefined && held === undefined) return undefined;
      return (value) =>
        value === null
          ? null
          : new Map(
              [...(value as ReadonlyMap<Value, Value>)].map(([k, v]) => [key?.(k) ?? k, held?.(v) ?? v]),
            );
    }
    default:
      return undefined;
  }
}
