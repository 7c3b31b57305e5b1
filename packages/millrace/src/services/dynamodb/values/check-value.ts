import { invalidParameter, validation } from "../errors.ts";
import { limits } from "../limits.ts";
import {
  type AttributeValue,
  type Item,
  type MutableItem,
  newItem,
  type ScalarType,
  type TypeName,
} from "./attribute-value.ts";
import { setKeys, toBuffer } from "./compare.ts";
import { canonicalNumber } from "./number.ts";

type Raw = Readonly<Record<string, unknown>>;

/** An item or key of the input, with its values checked and its numbers canonical. */
export function checkItem(raw: unknown, depth = 0): Item {
  const item: MutableItem = newItem();
  for (const [name, value] of Object.entries(raw as Raw)) item[name] = checkValue(value, depth);
  return item;
}

/** A value of the input. The model has checked the types of its members, not how many there are. */
export function checkValue(raw: unknown, depth = 0): AttributeValue {
  const members = Object.entries(raw as Raw).filter(([, value]) => value !== undefined);
  const [first, second] = members;
  if (first === undefined)
    throw validation("Supplied AttributeValue is empty, must contain exactly one of the supported datatypes");
  if (second !== undefined)
    throw validation(
      "Supplied AttributeValue has more than one datatypes set, must contain exactly one of the supported datatypes",
    );
  return checkMember(first[0] as TypeName, first[1], depth);
}

function checkMember(type: TypeName, value: unknown, depth: number): AttributeValue {
  switch (type) {
    case "S":
      return { S: value as string };
    case "N":
      return { N: canonicalNumber(value as string) };
    case "B":
      return { B: value as Uint8Array };
    case "BOOL":
      return { BOOL: value as boolean };
    case "NULL":
      if (value !== true) throw invalidParameter("Null attribute value types must have the value of true");
      return { NULL: true };
    case "M":
      return { M: checkItem(value, deeper(depth)) };
    case "L": {
      const inner = deeper(depth);
      return { L: (value as readonly unknown[]).map((item) => checkValue(item, inner)) };
    }
    default:
      return checkSet(type, value);
  }
}

function deeper(depth: number): number {
  if (depth >= limits.nestedLevels)
    throw validation(
      "Nesting Levels have exceeded supported limits: Attributes in the item have nested levels beyond supported limit",
    );
  return depth + 1;
}

function checkSet(type: TypeName, value: unknown): AttributeValue {
  if (type === "SS") {
    const texts = value as readonly string[];
    if (texts.length === 0) throw invalidParameter("An string set  may not be empty");
    return distinct({ SS: texts }, `Input collection [${texts.join(", ")}] contains duplicates.`);
  }
  if (type === "NS") {
    const numbers = value as readonly string[];
    if (numbers.length === 0) throw invalidParameter("An number set  may not be empty");
    const set: AttributeValue = { NS: numbers.map(canonicalNumber) };
    if (hasDuplicates(set)) throw validation("Input collection contains duplicates");
    return set;
  }
  const all = (value as readonly Uint8Array[]).map(toBuffer);
  if (all.length === 0) throw invalidParameter("Binary sets should not be empty");
  const shown = all.map((bytes) => bytes.toString("base64")).join(", ");
  return distinct({ BS: all }, `Input collection [${shown}]of type BS contains duplicates.`);
}

function distinct(set: AttributeValue, message: string): AttributeValue {
  if (hasDuplicates(set)) throw invalidParameter(message);
  return set;
}

function hasDuplicates(set: AttributeValue): boolean {
  const keys = setKeys(set);
  return new Set(keys).size !== keys.length;
}

/** Types as AWS names them in the errors of expressions. */
export const typeWords: Readonly<Record<TypeName, string>> = {
  S: "STRING",
  N: "NUMBER",
  B: "BINARY",
  SS: "STRING_SET",
  NS: "NUMBER_SET",
  BS: "BINARY_SET",
  M: "MAP",
  L: "LIST",
  NULL: "NULL",
  BOOL: "BOOLEAN",
};

export function isScalar(type: TypeName): type is ScalarType {
  return type === "S" || type === "N" || type === "B";
}
