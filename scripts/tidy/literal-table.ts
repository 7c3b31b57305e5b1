import { type ObjectExpression, Visitor } from "oxc-parser";
import type { TreeFile } from "./tree.ts";

/** One property of an object literal that is used as a table, with its place in the text. */
export interface TableEntry {
  readonly name: string;
  readonly start: number;
  readonly end: number;
}

/** The properties of `const <variable> = {...}`, or undefined when the file has no such literal. */
export function entriesOf(file: TreeFile, variable: string): readonly TableEntry[] | undefined {
  const literal = literalOf(file, variable);
  return literal?.properties.flatMap((property) => {
    if (property.type !== "Property") return [];
    const { key, start, end } = property;
    if (key.type === "Identifier") return [{ name: key.name, start, end }];
    return key.type === "Literal" ? [{ name: String(key.value), start, end }] : [];
  });
}

/** Where the literal of `const <variable> = {...}` begins: the offset of its brace. */
export function literalStart(file: TreeFile, variable: string): number | undefined {
  return literalOf(file, variable)?.start;
}

function literalOf(file: TreeFile, variable: string): ObjectExpression | undefined {
  let found: ObjectExpression | undefined;
  new Visitor({
    VariableDeclarator(node) {
      if (node.id.type === "Identifier" && node.id.name === variable) found ??= objectIn(node.init);
    },
  }).visit(file.syntax.program);
  return found;
}

/** The literal inside `Object.freeze({...})`, `{...} as const` and `{...} satisfies Table`. */
function objectIn(node: object | null): ObjectExpression | undefined {
  if (node === null || !("type" in node)) return undefined;
  if (node.type === "ObjectExpression") return node as ObjectExpression;
  if ("expression" in node && typeof node.expression === "object") return objectIn(node.expression);
  if ("arguments" in node && Array.isArray(node.arguments)) return objectIn(node.arguments[0]);
  return undefined;
}
