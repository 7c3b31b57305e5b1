import type { Expression } from "../ast/tree.ts";
import { invalid } from "./bind-error.ts";

/** The column of the output that an item of ORDER BY means: by its place, or by its name alone. */
export function outputColumn(
  node: Expression,
  columns: readonly { readonly name: string }[],
): number | undefined {
  if (node.kind === "number" && /^\d{1,9}$/.test(node.text)) {
    const ordinal = Number(node.text);
    if (ordinal < 1 || ordinal > columns.length) {
      throw invalid(
        `ORDER BY has no column ${ordinal}: there are ${columns.length}`,
        node.span.start,
        "42P10",
      );
    }
    return ordinal - 1;
  }
  const [name, more] = node.kind === "reference" ? node.parts : [];
  if (name === undefined || more !== undefined) return undefined;
  const first = columns.findIndex((column) => column.name === name.name);
  const last = columns.findLastIndex((column) => column.name === name.name);
  if (first !== last) throw invalid(`column '${name.name}' is ambiguous`, name.span.start, "42702");
  return first < 0 ? undefined : first;
}
