import type { Value } from "../../../../sql/flink/bound-expression.ts";
import { typeText } from "../../../../sql/flink/type-text.ts";
import { type FlinkType, maxLength } from "../../../../sql/flink/types.ts";
import type { FieldOptions } from "./field-options.ts";
import { KeyedRandom, mix, seedOf } from "./random.ts";

/** Where a value is made. */
export interface Place {
  /** Of the row, or of an element in it. */
  readonly key: number;
  readonly row: number;
  /** When the row is made. */
  readonly nowMs: number;
}

export interface Generator {
  /** The same for the same place; BIGINTs are bigint. */
  readonly make: (place: Place) => Value;
  /** Rows until a sequence has come to its end. */
  readonly rows: number;
  /** Of a ROW, by index; NULL where the row is. */
  readonly fields?: readonly Generator[];
}

type Make = Generator["make"];

const forEver = Number.POSITIVE_INFINITY;
const defaultTextLength = 100;
const defaultElements = 3;
const maxElements = 10_000;
const maxTextLength = 1_000_000;
const dayMs = 86_400_000;

const wholeBounds: Readonly<Partial<Record<FlinkType["kind"], readonly [bigint, bigint]>>> = {
  tinyint: [-128n, 127n],
  smallint: [-32_768n, 32_767n],
  int: [-2_147_483_648n, 2_147_483_647n],
  bigint: [-9_223_372_036_854_775_808n, 9_223_372_036_854_775_807n],
  interval_months: [0n, 120_000n],
  interval_millis: [0n, 1_000_000_000_000n],
};

/** Values of a field as its options say. @throws SqlError */
export function generatorOf(type: FlinkType, options: FieldOptions): Generator {
  const made = options.isSequence() ? sequenceOf(type, options) : randomOf(type, options);
  return withNulls(type, options, made);
}

function withNulls(type: FlinkType, options: FieldOptions, generator: Generator): Generator {
  const rate = options.number("null-rate", 0);
  if (rate < 0 || rate > 1) throw options.error("null-rate", `is from 0 to 1, not ${rate}`);
  if (rate === 0) return generator;
  if (!type.nullable) throw options.refuse("a 'null-rate' of a field that is NOT NULL");
  const random = seeded(`${options.name} is null`);
  const unlessNull =
    (make: Make): Make =>
    (place) =>
      random(place).fraction() < rate ? null : make(place);
  const fields = generator.fields?.map((field) => ({ ...field, make: unlessNull(field.make) }));
  return { ...generator, make: unlessNull(generator.make), ...(fields === undefined ? {} : { fields }) };
}

function sequenceOf(type: FlinkType, options: FieldOptions): Generator {
  const make = sequenceValue(type);
  if (make === undefined) throw options.refuse(`there is no sequence of ${typeText(type)}`);
  for (const option of ["start", "end"])
    if (options.text(option) === undefined) throw options.error(option, "is needed by a sequence");
  const start = options.whole("start", 0n);
  const end = options.whole("end", 0n);
  if (end < start) throw options.error("end", `is ${end}, before the start ${start}`);
  return { rows: Number(end - start) + 1, make: ({ row }) => make(start + BigInt(row)) };
}

function sequenceValue(type: FlinkType): ((value: bigint) => Value) | undefined {
  switch (type.kind) {
    case "tinyint":
    case "smallint":
    case "int":
    case "float":
    case "double":
      return Number;
    case "bigint":
      return (value) => value;
    case "decimal": {
      const unit = 10n ** BigInt(type.scale);
      return (value) => value * unit;
    }
    case "char":
    case "varchar":
      return String;
    default:
      return undefined;
  }
}

function randomOf(type: FlinkType, options: FieldOptions): Generator {
  if (type.kind === "row") return rowOf(type.fields, options);
  if (type.kind === "array" || type.kind === "multiset" || type.kind === "map")
    return { rows: forEver, make: collectionOf(type, options) };
  return { rows: forEver, make: scalarOf(type, options) };
}

function scalarOf(type: FlinkType, options: FieldOptions): Make {
  const random = seeded(options.name);
  switch (type.kind) {
    case "boolean":
      return (place) => (random(place).uint32() & 1) === 1;
    case "float":
    case "double":
      return doubles(type.kind, options);
    case "decimal":
      return decimals(type.precision, type.scale, options);
    case "char":
    case "varchar":
    case "binary":
    case "varbinary":
      return texts(type, options);
    case "date":
      return ({ nowMs }) => Math.floor(nowMs / dayMs);
    case "time":
      return ({ nowMs }) => nowMs % dayMs;
    case "timestamp":
    case "timestamp_ltz":
      return times(options);
    default: {
      const bounds = wholeBounds[type.kind];
      if (bounds === undefined) throw options.refuse(`there are no random values of ${typeText(type)}`);
      return wholes(type.kind === "bigint", bounds, options);
    }
  }
}

function wholes(isBig: boolean, [least, most]: readonly [bigint, bigint], options: FieldOptions): Make {
  const random = seeded(options.name);
  const min = options.whole("min", least);
  const max = options.whole("max", most);
  if (min < least || max > most || min > max)
    throw options.refuse(`'min' ${min} and 'max' ${max} are no range within ${least} to ${most}`);
  const count = max - min + 1n;
  const isSmall =
    count <= 0xffff_ffffn && Number.isSafeInteger(Number(min)) && Number.isSafeInteger(Number(max));
  if (!isSmall) {
    const value = (place: Place): bigint => min + random(place).below(count);
    return isBig ? value : (place) => Number(value(place));
  }
  const [first, size] = [Number(min), Number(count)];
  const value = (place: Place): number => first + Math.floor(random(place).fraction() * size);
  return isBig ? (place) => BigInt(value(place)) : value;
}

function doubles(kind: "float" | "double", options: FieldOptions): Make {
  const random = seeded(options.name);
  const min = options.number("min", 0);
  const max = options.number("max", kind === "float" ? 3.4028234e38 : Number.MAX_VALUE);
  if (min > max) throw options.refuse(`'min' ${min} is greater than 'max' ${max}`);
  // Not by the difference, which may be greater than numbers are.
  const value = (place: Place): number => {
    const part = random(place).fraction();
    return min * (1 - part) + max * part;
  };
  return kind === "float" ? (place) => Math.fround(value(place)) : value;
}

function decimals(precision: number, scale: number, options: FieldOptions): Make {
  const random = seeded(options.name);
  const most = 10n ** BigInt(precision) - 1n;
  const min = unscaled("min", scale, 0n, options);
  const max = unscaled("max", scale, most, options);
  if (min < -most || max > most || min > max)
    throw options.refuse("'min' and 'max' are no range of its type");
  const count = max - min + 1n;
  return (place) => min + random(place).below(count);
}

function unscaled(option: string, scale: number, otherwise: bigint, options: FieldOptions): bigint {
  const text = options.text(option);
  if (text === undefined) return otherwise;
  const [, sign = "", whole = "", fraction = ""] = /^([+-]?)(\d{1,40})(?:\.(\d{0,40}))?$/.exec(text) ?? [];
  if (whole === "" || fraction.length > scale)
    throw options.error(option, `is a number with at most ${scale} digits behind the point, not '${text}'`);
  const value = BigInt(whole + fraction.padEnd(scale, "0"));
  return sign === "-" ? -value : value;
}

function texts(type: Extract<FlinkType, { readonly length: number }>, options: FieldOptions): Make {
  const isFixed = type.kind === "char" || type.kind === "binary";
  if (isFixed && options.text("length") !== undefined)
    throw options.error("length", `is not for ${typeText(type)}, whose length is fixed`);
  const declared = type.length === maxLength ? defaultTextLength : type.length;
  const length = options.length("length", declared, Math.min(type.length, maxTextLength));
  const isVarying = options.flag("var-len");
  if (isVarying && isFixed)
    throw options.error("var-len", `is not for ${typeText(type)}, whose length is fixed`);
  const random = seeded(options.name);
  const isText = type.kind === "char" || type.kind === "varchar";
  return (place) => {
    const source = random(place);
    const size = isVarying ? 1 + Math.floor(source.fraction() * length) : length;
    if (isText) return hexText(source, size);
    return Uint8Array.from({ length: size }, () => source.uint32() & 0xff);
  };
}

function hexText(source: KeyedRandom, size: number): string {
  let text = "";
  while (text.length < size) text += source.uint32().toString(16).padStart(8, "0");
  return text.slice(0, size);
}

function times(options: FieldOptions): Make {
  const random = seeded(options.name);
  const maxPastMs = options.durationMs("max-past");
  if (maxPastMs === 0) return ({ nowMs }) => nowMs;
  return (place) => place.nowMs - Math.floor(random(place).fraction() * (maxPastMs + 1));
}

function rowOf(
  fields: readonly { readonly name: string; readonly type: FlinkType }[],
  options: FieldOptions,
): Generator {
  const inner = fields.map(({ name, type }) => generatorOf(type, options.inner(name)));
  return {
    rows: Math.min(forEver, ...inner.map(({ rows }) => rows)),
    make: (place) => inner.map(({ make }) => make(place)),
    fields: inner,
  };
}

function collectionOf(
  type: Extract<FlinkType, { readonly kind: "array" | "multiset" | "map" }>,
  options: FieldOptions,
): Make {
  const length = options.length("length", defaultElements, maxElements);
  const element = type.kind === "map" ? type.key : type.element;
  const first = generatorOf(element, options.inner(type.kind === "map" ? "key" : "element")).make;
  const at = ({ key, row, nowMs }: Place, index: number): Place => ({
    key: mix(key ^ mix(index + 1)),
    row,
    nowMs,
  });
  const elements = (place: Place): Value[] => Array.from({ length }, (_, index) => first(at(place, index)));
  if (type.kind === "array") return elements;
  if (type.kind === "map") {
    const second = generatorOf(type.value, options.inner("value")).make;
    return (place) => new Map(elements(place).map((key, index) => [key, second(at(place, index))]));
  }
  return (place) => {
    const counts = new Map<Value, number>();
    for (const value of elements(place)) counts.set(value, (counts.get(value) ?? 0) + 1);
    return counts;
  };
}

/** Random numbers of a field at a place. */
function seeded(name: string): (place: Place) => KeyedRandom {
  const random = new KeyedRandom();
  const seed = seedOf(name);
  return ({ key }) => {
    random.seed(mix(key ^ seed));
    return random;
  };
}
