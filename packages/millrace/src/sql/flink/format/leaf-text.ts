import type { Expression } from "../ast/tree.ts";
import { joined, literalText, nameText, pathText } from "./text-writer.ts";
import { unitText } from "./type-text.ts";

/** An expression that holds no other. */
export function leafText(leaf: Expression): string {
  switch (leaf.kind) {
    case "null":
      return "NULL";
    case "boolean":
      return leaf.value === undefined ? "UNKNOWN" : String(leaf.value).toUpperCase();
    case "number":
      return leaf.text;
    case "string":
      return `${leaf.charset === undefined ? "" : `_${leaf.charset}`}${literalText(leaf.value)}`;
    case "binary-literal":
      return `X'${leaf.digits}'`;
    case "typed-literal": {
      const type = leaf.type === "timestamp_ltz" ? "TIMESTAMP WITH LOCAL TIME ZONE" : leaf.type.toUpperCase();
      return `${type} ${literalText(leaf.value)}`;
    }
    case "interval":
      return joined(["INTERVAL", leaf.negative && "-", literalText(leaf.value), unitText(leaf.unit)]);
    case "reference":
      return leaf.parts.map(nameText).join(".");
    case "star":
      return [...leaf.qualifier.map(nameText), "*"].join(".");
    case "keyword":
      return leaf.word.toUpperCase();
    case "descriptor":
      return `DESCRIPTOR(${leaf.columns.map(nameText).join(", ")})`;
    case "model-argument":
      return `MODEL ${pathText(leaf.name)}`;
    case "default":
      return "DEFAULT";
    default:
      throw new Error(`${leaf.kind} is no leaf`);
  }
}
