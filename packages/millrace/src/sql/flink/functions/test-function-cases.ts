import { describe, expect, it } from "vitest";
import { flinkType } from "../bind/data-type.ts";
import { parseDataType } from "../parser/flink-parser.ts";
import { typeText } from "../type-text.ts";
import type { FlinkType } from "../types.ts";
import { scalarFunction } from "./function-table.ts";
import {
  type EvaluationContext,
  EvaluationError,
  type ScalarCode,
  type ScalarSignature,
} from "./scalar-function.ts";
import { timestampOfText } from "./time/default-date-texts.ts";

/** A value with its type, as an argument of a call. */
export class Typed {
  readonly type: FlinkType;
  readonly value: unknown;

  constructor(type: FlinkType, value: unknown) {
    this.type = type;
    this.value = value;
  }
}

/** What a case is about, in the text of its test: BIGINTs cannot be printed otherwise. */
function shown(value: unknown): string {
  if (value instanceof Typed) return `${typeText(value.type)} ${shown(value.value)}`;
  if (typeof value === "bigint") return `${value}n`;
  if (Array.isArray(value)) return `[${value.map(shown).join(", ")}]`;
  if (value instanceof Map) return `{${[...value].map(shown).join(", ")}}`;
  return value instanceof Uint8Array
    ? `x'${Buffer.from(value).toString("hex")}'`
    : String(JSON.stringify(value));
}

export function typed(type: string, value: unknown): Typed {
  return new Typed(flinkType(parseDataType(type)), value);
}

export function date(text: string): Typed {
  return typed("DATE", (timestampOfText(text, 6) ?? Number.NaN) / 86_400_000);
}

export function time(text: string): Typed {
  return typed("TIME(3)", timestampOfText(`1970-01-01 ${text}`, 6));
}

export function timestamp(text: string, precision = 3): Typed {
  return typed(`TIMESTAMP(${precision})`, timestampOfText(text, 6));
}

/** The text is of UTC. */
export function instant(text: string, precision = 3): Typed {
  return typed(`TIMESTAMP_LTZ(${precision})`, timestampOfText(text, 6));
}

export function millis(value: number): Typed {
  return new Typed({ kind: "interval_millis", nullable: true }, value);
}

export function months(value: number): Typed {
  return new Typed({ kind: "interval_months", nullable: true }, value);
}

/** `decimal("12.50")` is DECIMAL(4, 2). */
export function decimal(text: string): Typed {
  const [whole = "", fraction = ""] = text.replace("-", "").split(".");
  const precision = whole.length + fraction.length;
  return typed(`DECIMAL(${precision}, ${fraction.length})`, BigInt(text.replace(".", "")));
}

function typedOf(value: unknown): Typed {
  if (value instanceof Typed) return value;
  if (value === null) return new Typed({ kind: "null", nullable: true }, null);
  if (typeof value === "string") return typed("STRING", value);
  if (typeof value === "boolean") return typed("BOOLEAN", value);
  if (typeof value === "bigint") return typed("BIGINT", value);
  if (typeof value === "number") return typed(Number.isInteger(value) ? "INT" : "DOUBLE", value);
  if (value instanceof Uint8Array) return typed("BYTES", value);
  throw new Error(`no type for ${String(value)}`);
}

export interface CallOptions {
  readonly timeZone?: string;
  readonly nowMs?: number;
  /** Whether arguments count as literals. */
  readonly literals?: boolean;
}

function contextOf({ timeZone = "UTC", nowMs = 0 }: CallOptions): EvaluationContext {
  let seed = 1;
  return {
    mode: "double",
    nowMs,
    timeZone,
    random() {
      seed = (seed * 48_271) % 2_147_483_647;
      return seed / 2_147_483_647;
    },
  };
}

/** Words of a syntax, which are literals always. */
function isWord(name: string, value: unknown): boolean {
  return name.includes("json") && typeof value === "string" && /^[A-Z]+( [A-Zvj]+)?$/.test(value);
}

/** The signature for arguments that are literals, or not. */
export function resolved(
  name: string,
  values: readonly unknown[],
  literals = true,
): ScalarSignature | undefined {
  const args = values.map(typedOf);
  return scalarFunction(name)?.resolve(
    args.map((arg) => arg.type),
    args.map((arg) => (literals || isWord(name, arg.value) ? arg.value : undefined)),
  );
}

/** Calls a function as the compiler of expressions would. */
export function call(name: string, values: readonly unknown[], options: CallOptions = {}): unknown {
  const signature = resolved(name, values, options.literals ?? true);
  if (signature === undefined) throw new Error(`${name} does not take ${shown(values)}`);
  const args = values.map((value, index) => converted(typedOf(value), signature.arguments[index]));
  return plain(run(signature.code, args, contextOf(options)), signature.result);
}

/** Casts as far as cases need them. */
function converted({ value, type }: Typed, to: FlinkType | undefined): unknown {
  if (value === null) return null;
  if (type.kind === "date" && to?.kind === "timestamp") return Number(value) * 86_400_000;
  if (to?.kind === "double" && typeof value === "bigint") return Number(value);
  return value;
}

function run(code: ScalarCode, args: readonly unknown[], context: EvaluationContext): unknown {
  const given = args as readonly never[];
  switch (code.kind) {
    case "strict":
      return args.includes(null) ? null : code.call(...given);
    case "nullable":
      return code.call(...given);
    case "context":
      return code.call(context, ...given);
    case "inline": {
      const names = args.map((_value, index) => `a${index}`);
      const body = `return ${code.text(names, "double")};`;
      return args.includes(null) ? null : new Function(...names, body)(...args);
    }
    case "builtin":
      throw new Error("made by the compiler");
  }
}

/** BIGINTs may come in two forms. */
function plain(value: unknown, type: FlinkType): unknown {
  return type.kind === "bigint" && value !== null ? BigInt(value as number) : value;
}

export type Case = readonly [
  name: string,
  values: readonly unknown[],
  expected: unknown,
  resultType?: string | undefined,
  options?: CallOptions | undefined,
];

/** Each case with its arguments as literals and as columns; arguments that are NULL must at least not fail. */
export function describeCases(title: string, cases: readonly Case[]): void {
  describe(title, () => {
    for (const [name, values, expected, resultType, options] of cases) {
      it(`${name}(${values.map(shown).join(", ")}) is ${shown(expected)}`, () => {
        const signature = resolved(name, values);
        expect(signature, "no signature").toBeDefined();
        if (signature === undefined) return;
        const wanted = plain(expected, signature.result);
        expect(call(name, values, options)).toEqual(wanted);
        if (resultType !== undefined) expect(typeText(signature.result)).toBe(resultType);
        const asColumns = resolved(name, values, false);
        if (asColumns !== undefined && typeText(asColumns.result) === typeText(signature.result)) {
          expect(call(name, values, { ...options, literals: false })).toEqual(wanted);
        }
        checkAgain(name, values, signature);
        checkNulls(name, values, options);
      });
    }
  });
}

/** What was cast is resolved again in other threads, and must come out the same. */
function checkAgain(name: string, values: readonly unknown[], signature: ScalarSignature): void {
  const literals = values.map((value) => typedOf(value).value);
  const again = scalarFunction(name)?.resolve(signature.arguments, literals);
  expect(again?.arguments.map(typeText)).toEqual(signature.arguments.map(typeText));
  expect(again === undefined ? undefined : typeText(again.result)).toBe(typeText(signature.result));
}

function checkNulls(name: string, values: readonly unknown[], options: CallOptions | undefined): void {
  for (const [index, value] of values.entries()) {
    const { type } = typedOf(value);
    const changed = values.with(index, new Typed({ ...type, nullable: true }, null));
    if (resolved(name, changed, false) === undefined) continue;
    try {
      call(name, changed, { ...options, literals: false });
    } catch (error) {
      // A row may be refused for its NULL, but by name.
      if (!(error instanceof EvaluationError)) throw error;
    }
  }
}
