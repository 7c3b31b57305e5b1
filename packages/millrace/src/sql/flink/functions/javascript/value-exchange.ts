import type { QuickJSContext, QuickJSHandle } from "quickjs-emscripten-core";
import { typeText } from "../../type-text.ts";
import type { FlinkType, RowField } from "../../types.ts";

/** Makes a value of the sandbox of one that is not NULL. */
export type ToSandbox = (vm: QuickJSContext, value: never) => QuickJSHandle;
/** Takes a value out of the sandbox; the handle stays the caller's. */
export type FromSandbox = (vm: QuickJSContext, handle: QuickJSHandle) => unknown;

/** The function gave a value that is not of its type. */
export class WrongValue extends Error {
  override readonly name = "WrongValue";
}

const wholeBits: Readonly<Record<string, number>> = Object.freeze({
  tinyint: 8,
  smallint: 16,
  int: 32,
  bigint: 64,
});

/**
 * Texts are strings, numbers numbers, a BIGINT beyond 2^53 a bigint, a DECIMAL its digits as a string; dates are
 * days, times milliseconds; arrays are arrays, rows objects.
 */
export function toSandbox(type: FlinkType): ToSandbox {
  switch (type.kind) {
    case "char":
    case "varchar":
      return (vm, value: string) => vm.newString(value);
    case "boolean":
      return (vm, value: boolean) => (value ? vm.true : vm.false);
    case "bigint":
      return (vm, value: number | bigint) =>
        Number.isSafeInteger(Number(value)) ? vm.newNumber(Number(value)) : vm.newBigInt(BigInt(value));
    case "decimal":
      return (vm, value: bigint) => vm.newString(decimalDigits(value, type.scale));
    case "array":
      return arrayToSandbox(type.element);
    case "row":
      return rowToSandbox(type.fields);
    default:
      return (vm, value: number) => vm.newNumber(value);
  }
}

function orNull(write: ToSandbox, vm: QuickJSContext, value: unknown): QuickJSHandle {
  return value === null ? vm.null : write(vm, value as never);
}

function arrayToSandbox(element: FlinkType): ToSandbox {
  const write = toSandbox(element);
  return (vm, values: readonly unknown[]) => {
    const array = vm.newArray();
    for (const [index, value] of values.entries()) {
      const handle = orNull(write, vm, value);
      vm.setProp(array, index, handle);
      handle.dispose();
    }
    return array;
  };
}

function rowToSandbox(fields: readonly RowField[]): ToSandbox {
  const writers = fields.map((field) => toSandbox(field.type));
  return (vm, values: readonly unknown[]) => {
    const object = vm.newObject();
    for (const [index, write] of writers.entries()) {
      const handle = orNull(write, vm, values[index] ?? null);
      vm.setProp(object, fields[index]?.name ?? "", handle);
      handle.dispose();
    }
    return object;
  };
}

/** The opposite; null and undefined are NULL. @throws WrongValue */
export function fromSandbox(type: FlinkType): FromSandbox {
  const read = ofType(type);
  return (vm, handle) => {
    const kind = vm.typeof(handle);
    if (kind === "undefined" || (kind === "object" && vm.sameValue(handle, vm.null))) {
      if (!type.nullable) throw new WrongValue(`NULL is no ${typeText(type)}`);
      return null;
    }
    return read(vm, handle, kind);
  };
}

type Read = (vm: QuickJSContext, handle: QuickJSHandle, kind: string) => unknown;

function ofType(type: FlinkType): Read {
  switch (type.kind) {
    case "char":
    case "varchar":
      return ofKind("string", type, (vm, handle) => vm.getString(handle));
    case "boolean":
      return ofKind("boolean", type, (vm, handle) => vm.sameValue(handle, vm.true));
    case "float":
      return ofKind("number", type, (vm, handle) => Math.fround(vm.getNumber(handle)));
    case "double":
      return ofKind("number", type, (vm, handle) => vm.getNumber(handle));
    case "decimal":
      return (vm, handle, kind) => decimalOf(scalar(vm, handle, kind), type.precision, type.scale);
    case "time":
    case "timestamp":
    case "timestamp_ltz":
      return ofKind("number", type, (vm, handle) => timeOf(vm.getNumber(handle), type));
    case "array":
      return arrayOf(type, type.element);
    case "row":
      return rowOf(type, type.fields);
    default:
      return (vm, handle, kind) => wholeOf(scalar(vm, handle, kind), type);
  }
}

function ofKind(kind: string, type: FlinkType, read: FromSandbox): Read {
  return (vm, handle, given) => {
    if (given !== kind) throw new WrongValue(`a value of type ${given} is no ${typeText(type)}`);
    return read(vm, handle);
  };
}

function scalar(vm: QuickJSContext, handle: QuickJSHandle, kind: string): unknown {
  if (kind === "number") return vm.getNumber(handle);
  if (kind === "bigint") return vm.getBigInt(handle);
  return kind === "string" ? vm.getString(handle) : undefined;
}

function wholeOf(value: unknown, type: FlinkType): number | bigint {
  const bits = wholeBits[type.kind] ?? 32;
  const isWhole = typeof value === "bigint" || (typeof value === "number" && Number.isInteger(value));
  if (!isWhole || BigInt.asIntN(bits, BigInt(value)) !== BigInt(value)) {
    throw new WrongValue(`${String(value).slice(0, 100)} is no ${typeText(type)}`);
  }
  if (type.kind === "bigint") return Number.isSafeInteger(Number(value)) ? Number(value) : BigInt(value);
  return Number(value);
}

/** Cut to a whole number of microseconds. */
function timeOf(ms: number, type: FlinkType): number {
  if (!Number.isFinite(ms)) throw new WrongValue(`${ms} is no ${typeText(type)}`);
  return Math.round(ms * 1000) / 1000;
}

function decimalOf(value: unknown, precision: number, scale: number): bigint {
  const text = typeof value === "string" ? value.trim() : String(value);
  const match = /^([+-]?)(\d*)(?:\.(\d*))?$/.exec(text);
  const [, sign, whole = "", fraction = ""] = match ?? [];
  if (match === null || whole + fraction === "") throw new WrongValue(`${text.slice(0, 100)} is no DECIMAL`);
  const kept = BigInt(`${whole}${fraction.slice(0, scale).padEnd(scale, "0")}`);
  const unscaled = (fraction.charAt(scale) || "0") >= "5" ? kept + 1n : kept;
  if (unscaled >= 10n ** BigInt(precision)) {
    throw new WrongValue(`${text.slice(0, 100)} is no DECIMAL(${precision}, ${scale})`);
  }
  return sign === "-" ? -unscaled : unscaled;
}

function decimalDigits(value: bigint, scale: number): string {
  const digits = String(value < 0n ? -value : value).padStart(scale + 1, "0");
  const text = scale === 0 ? digits : `${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
  return value < 0n ? `-${text}` : text;
}

const maxElements = 1_000_000;

function arrayOf(type: FlinkType, element: FlinkType): Read {
  const read = fromSandbox(element);
  return ofKind("object", type, (vm, handle) => {
    const length = vm.getProp(handle, "length").consume((found) => vm.getNumber(found));
    if (!(length >= 0 && length <= maxElements)) throw new WrongValue(`an object is no ${typeText(type)}`);
    return Array.from({ length }, (_none, index) =>
      vm.getProp(handle, index).consume((found) => read(vm, found)),
    );
  });
}

function rowOf(type: FlinkType, fields: readonly RowField[]): Read {
  const readers = fields.map((field) => fromSandbox(field.type));
  return ofKind("object", type, (vm, handle) =>
    readers.map((read, index) =>
      vm.getProp(handle, fields[index]?.name ?? "").consume((found) => read(vm, found)),
    ),
  );
}
