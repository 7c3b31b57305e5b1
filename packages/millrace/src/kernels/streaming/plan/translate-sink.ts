import type { InsertStatement, TableDefinition } from "../../../sql/flink/relation.ts";
import { byKeys, type Draft, forward, insertOnly, isInsertOnly } from "./draft.ts";
import { namesText } from "./expression-text.ts";
import { invalidQuery } from "./refusal.ts";
import type { Translator } from "./translator.ts";

/** Columns of the table that an INSERT fills: not the computed ones, nor metadata that is only read. */
function insertedColumns(table: TableDefinition): readonly number[] {
  return [...table.columns.keys()].filter((index) => {
    const column = table.columns[index];
    return column?.kind === "physical" || (column?.kind === "metadata" && !column.isVirtual);
  });
}

export function translateSink({ graph, settings }: Translator, insert: InsertStatement, input: Draft): Draft {
  const { table } = insert;
  const name = table.path.join(".");
  const mode = settings.sinkMode(table);
  if (mode === "append" && !isInsertOnly(input.changes))
    throw invalidQuery(
      `Table sink '${name}' doesn't support consuming update and delete changes which is produced by node ${describe(input)}`,
    );
  const columns = insertedColumns(table);
  const keys = table.primaryKey.map((column) => columns.indexOf(column)).filter((place) => place >= 0);
  const isKeyed = mode === "upsert" && keys.length > 0;
  if (mode === "upsert" && !isKeyed && !isInsertOnly(input.changes))
    throw invalidQuery(`Table sink '${name}' takes updates by its primary key, and has none`);
  const followsKey = input.key?.every((column) => keys.includes(column)) === true;
  return graph.add({
    fields: input.fields,
    // Changes of one key reach the sink in their order.
    inputs: [isKeyed && !followsKey ? byKeys(input, keys) : forward(input)],
    changes: insertOnly,
    key: undefined,
    window: undefined,
    name: "Sink",
    details: `table=[${name}], fields=[${namesText([...input.fields.keys()], input.fields)}]`,
    needsUpdateBefore: isKeyed && followsKey ? "never" : mode === "append" ? "never" : "always",
    operator: () => ({ kind: "sink", table, columns, keys }),
  });
}

const describe = ({ name, details }: Draft): string => `${name}(${details})`;
