import type { Merge } from "../ast/dml.ts";
import { parseFromItem } from "./from.ts";
import type { Grammar } from "./grammar.ts";
import { parseAssignments, parseRowOfValues } from "./values.ts";

// MERGE INTO target USING source [[AS] alias] ON condition
//   { REMOVE DUPLICATES | WHEN MATCHED THEN { UPDATE SET ... | DELETE } WHEN NOT MATCHED THEN INSERT [(columns)] VALUES (...) }
export function parseMerge(grammar: Grammar): Merge {
  const { stream } = grammar;
  const { start } = stream.current;
  stream.expect("merge", "into");
  const target = stream.qualifiedName();
  stream.expect("using");
  const source = parseFromItem(grammar);
  stream.expect("on");
  const on = grammar.expression();
  const removeDuplicates = stream.accept("remove", "duplicates");
  const matched = removeDuplicates ? undefined : parseMatched(grammar);
  const notMatched = removeDuplicates ? undefined : parseNotMatched(grammar);
  const span = stream.spanFrom(start);
  // Redshift takes no alias of the target.
  return { kind: "merge", target, alias: undefined, source, on, removeDuplicates, matched, notMatched, span };
}

function parseMatched(grammar: Grammar): Merge["matched"] {
  const { stream } = grammar;
  stream.expect("when", "matched", "then");
  if (stream.accept("delete")) {
    return { action: "delete" };
  }
  stream.expect("update", "set");
  return { action: "update", assignments: parseAssignments(grammar) };
}

function parseNotMatched(grammar: Grammar): Merge["notMatched"] {
  const { stream } = grammar;
  stream.expect("when", "not", "matched", "then", "insert");
  const columns = stream.at("(") ? stream.columnList() : [];
  stream.expect("values");
  return { columns, values: parseRowOfValues(grammar) };
}
