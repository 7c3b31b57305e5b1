import type { Merge } from "../ast/dml.ts";
import { acceptAlias } from "./alias.ts";
import { parseFromItem } from "./from.ts";
import type { Grammar } from "./grammar.ts";
import { parseAssignments, parseRowOfValues } from "./values.ts";

// MERGE INTO target [[AS] alias] USING source ON condition
//   { REMOVE DUPLICATES | WHEN MATCHED THEN { UPDATE SET ... | DELETE } WHEN NOT MATCHED THEN INSERT [(columns)] VALUES (...) }
export function parseMerge(grammar: Grammar): Merge {
  const { stream } = grammar;
  const { start } = stream.current;
  stream.expect("merge", "into");
  const target = stream.qualifiedName();
  const alias = acceptAlias(stream);
  stream.expect("using");
  const source = parseFromItem(grammar);
  stream.expect("on");
  const on = grammar.expression();
  const removeDuplicates = stream.accept("remove", "duplicates");
  let matched: Merge["matched"];
  let notMatched: Merge["notMatched"];
  while (!removeDuplicates && stream.at("when")) {
    if (matched === undefined && stream.accept("when", "matched", "then")) {
      matched = parseMatched(grammar);
    } else if (notMatched === undefined) {
      stream.expect("when", "not", "matched", "then");
      notMatched = parseNotMatched(grammar);
    } else {
      throw stream.syntaxError();
    }
  }
  if (!removeDuplicates && matched === undefined && notMatched === undefined) {
    throw stream.syntaxError();
  }
  const span = stream.spanFrom(start);
  return { kind: "merge", target, alias, source, on, removeDuplicates, matched, notMatched, span };
}

function parseMatched(grammar: Grammar): Merge["matched"] {
  const { stream } = grammar;
  if (stream.accept("delete")) {
    return { action: "delete" };
  }
  stream.expect("update", "set");
  return { action: "update", assignments: parseAssignments(grammar) };
}

function parseNotMatched(grammar: Grammar): Merge["notMatched"] {
  const { stream } = grammar;
  stream.expect("insert");
  const columns = stream.at("(") ? stream.columnList() : [];
  stream.expect("values");
  return { columns, values: parseRowOfValues(grammar) };
}
