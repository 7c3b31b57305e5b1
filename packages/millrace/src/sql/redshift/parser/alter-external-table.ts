import type { AlterExternalTableAction } from "../ast/alter-table.ts";
import type { PartitionValue } from "../ast/external.ts";
import { parseProperties, parseStorageFormat } from "./create-external-table.ts";
import { parseSignedInteger } from "./shared-clauses.ts";
import type { TokenStream } from "./token-stream.ts";

/** Whether an action that only external tables have follows. */
export function atExternalAction(stream: TokenStream): boolean {
  return (
    stream.at("set") ||
    stream.at("partition") ||
    stream.at("add", "partition") ||
    stream.at("add", "if") ||
    stream.at("drop", "partition")
  );
}

export function parseExternalActions(stream: TokenStream): readonly AlterExternalTableAction[] {
  if (stream.accept("add")) {
    return parseAddPartitions(stream);
  }
  if (stream.accept("drop")) {
    return [{ kind: "drop-partition", values: parsePartition(stream) }];
  }
  if (stream.at("partition")) {
    const partition = parsePartition(stream);
    stream.expect("set", "location");
    return [{ kind: "set-location", location: stream.string(), partition }];
  }
  stream.expect("set");
  if (stream.accept("location")) {
    return [{ kind: "set-location", location: stream.string(), partition: undefined }];
  }
  if (stream.accept("file", "format")) {
    return [{ kind: "set-file-format", format: parseStorageFormat(stream) }];
  }
  stream.expect("table", "properties");
  return [{ kind: "set-table-properties", properties: parseProperties(stream) }];
}

/** `[IF NOT EXISTS] PARTITION (...) LOCATION '...' [PARTITION (...) LOCATION '...' ...]` */
function parseAddPartitions(stream: TokenStream): readonly AlterExternalTableAction[] {
  const ifNotExists = stream.accept("if", "not", "exists");
  const actions: AlterExternalTableAction[] = [];
  do {
    const values = parsePartition(stream);
    stream.expect("location");
    actions.push({ kind: "add-partition", ifNotExists, values, location: stream.string() });
    stream.accept(",");
  } while (stream.at("partition"));
  return actions;
}

function parsePartition(stream: TokenStream): readonly PartitionValue[] {
  stream.expect("partition", "(");
  const values = stream.list(() => {
    const column = stream.identifier();
    stream.expect("=");
    return { column, value: parsePartitionValue(stream) };
  });
  stream.expect(")");
  return values;
}

function parsePartitionValue(stream: TokenStream): string {
  const { kind, value } = stream.current;
  if (kind === "string") {
    return stream.string();
  }
  if (kind === "number" && !/^\d+$/.test(value)) {
    stream.next();
    return value;
  }
  return parseSignedInteger(stream).toString();
}
