import { Script } from "node:vm";
import { SqlError } from "../../../sql-error.ts";
import { flinkType } from "../../bind/data-type.ts";
import { parseDataType } from "../../parser/flink-parser.ts";
import { typeText } from "../../type-text.ts";
import type { FlinkType } from "../../types.ts";

/**
 * A temporary function in JavaScript. Its text is its signature in a comment, in Flink's types, and a function:
 *
 *     /* (text STRING, letter STRING) RETURNS BIGINT *\/
 *     (text, letter) => text.split(letter).length - 1
 *
 * NULLs come in as null and go out as null or undefined. Plain data: it goes into plans and other threads.
 */
export interface JavaScriptFunction {
  /** As in bound expressions, without `udf:`. */
  readonly name: string;
  readonly parameters: readonly { readonly name: string; readonly type: FlinkType }[];
  readonly result: FlinkType;
  readonly body: string;
}

const maxTextLength = 65_536;
const maxParameters = 100;

/** Checks signature and syntax; nothing of the function runs. @throws SqlError */
export function parseJavaScriptFunction(name: string, text: string): JavaScriptFunction {
  if (text.length > maxTextLength) {
    throw malformed(name, `its text is longer than ${maxTextLength} characters`);
  }
  const match = /^\s*\/\*\s*\(([\s\S]*?)\)\s*RETURNS\s+([\s\S]*?)\s*\*\//i.exec(text);
  if (match === null) {
    throw malformed(name, "its text does not begin with /* (name TYPE, ...) RETURNS TYPE */");
  }
  const [comment, list = "", result = ""] = match;
  const body = text.slice(comment.length).trim().replace(/;$/, "");
  checkSyntax(name, body);
  const parameters = splitList(list).map((item) => parameterOf(name, item));
  if (parameters.length > maxParameters)
    throw malformed(name, `it has more than ${maxParameters} parameters`);
  return { name, parameters, result: typeOf(name, result), body };
}

function malformed(name: string, why: string): SqlError {
  return new SqlError("42P13", `The function '${name}' in JavaScript is malformed: ${why}`);
}

/** The comma ends a parameter where no type is open: `a DECIMAL(10, 2), b MAP<INT, INT>`. */
function splitList(list: string): readonly string[] {
  const items: string[] = [];
  let depth = 0;
  let item = "";
  for (const character of list) {
    if (character === "(" || character === "<") depth += 1;
    if (character === ")" || character === ">") depth -= 1;
    if (character === "," && depth === 0) {
      items.push(item);
      item = "";
    } else {
      item += character;
    }
  }
  return list.trim() === "" ? [] : [...items, item];
}

function parameterOf(name: string, item: string): JavaScriptFunction["parameters"][number] {
  const match = /^\s*([A-Za-z_$][\w$]*)\s+([\s\S]+?)\s*$/.exec(item);
  const [, parameter, type] = match ?? [];
  if (parameter === undefined || type === undefined) {
    throw malformed(name, `'${item.trim().slice(0, 100)}' is not a name and a type`);
  }
  return { name: parameter, type: typeOf(name, type) };
}

function typeOf(name: string, text: string): FlinkType {
  let type: FlinkType;
  try {
    type = flinkType(parseDataType(text));
  } catch (error) {
    if (!(error instanceof SqlError)) throw error;
    throw malformed(name, error.message);
  }
  if (!isPassed(type)) throw malformed(name, `values of type ${typeText(type)} cannot be passed`);
  return type;
}

const passed: readonly string[] = Object.freeze([
  "boolean",
  "tinyint",
  "smallint",
  "int",
  "bigint",
  "float",
  "double",
  "decimal",
  "char",
  "varchar",
  "date",
  "time",
  "timestamp",
  "timestamp_ltz",
]);

function isPassed(type: FlinkType): boolean {
  if (type.kind === "array") return isPassed(type.element);
  if (type.kind === "row") return type.fields.every((field) => isPassed(field.type));
  return passed.includes(type.kind);
}

/** Compiled, but not run, by V8: what QuickJS does not know besides is found when the job starts. */
function checkSyntax(name: string, body: string): void {
  try {
    new Script(`(${body}\n)`);
  } catch (error) {
    throw malformed(name, error instanceof Error ? error.message : String(error));
  }
}
