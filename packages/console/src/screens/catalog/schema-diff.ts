import type { Column, Table } from "@aws-sdk/client-glue";

/** What is different between two versions of a table. */
export interface SchemaChange {
  readonly kind: "added" | "removed" | "changed";
  /** `column delay`, `partition key day`, `parameter recordCount`, `location` */
  readonly what: string;
  readonly before: string | undefined;
  readonly after: string | undefined;
}

/** Counts that every crawl writes anew: they are no change of the schema. */
const counts: ReadonlySet<string> = new Set([
  "objectCount",
  "sizeKey",
  "recordCount",
  "averageRecordSize",
  "transient_lastDdlTime",
]);

export function schemaChanges(before: Table, after: Table): readonly SchemaChange[] {
  return [
    ...mapChanges(
      "column",
      columnMap(before.StorageDescriptor?.Columns),
      columnMap(after.StorageDescriptor?.Columns),
    ),
    ...orderChange(before.StorageDescriptor?.Columns, after.StorageDescriptor?.Columns),
    ...mapChanges("partition key", columnMap(before.PartitionKeys), columnMap(after.PartitionKeys)),
    ...mapChanges("", factMap(before), factMap(after)),
    ...mapChanges("parameter", parameterMap(before), parameterMap(after)),
  ];
}

/** `2 columns added, 1 changed`, in a line. */
export function changeText(changes: readonly SchemaChange[]): string {
  if (changes.length === 0) return "no change of the schema";
  const columns = changes.filter(({ what }) => what.startsWith("column "));
  const parts = (["added", "removed", "changed"] as const).flatMap((kind) => {
    const count = columns.filter((change) => change.kind === kind).length;
    return count === 0 ? [] : [`${count} ${count === 1 ? "column" : "columns"} ${kind}`];
  });
  const others = changes.filter(({ what }) => !what.startsWith("column ")).map(({ what }) => what);
  return [...parts, ...others.slice(0, 4)].join(", ");
}

type Facts = ReadonlyMap<string, string>;

function mapChanges(noun: string, before: Facts, after: Facts): readonly SchemaChange[] {
  const changes: SchemaChange[] = [];
  for (const name of new Set([...before.keys(), ...after.keys()])) {
    const [was, is] = [before.get(name), after.get(name)];
    if (was === is) continue;
    const kind = was === undefined ? "added" : is === undefined ? "removed" : "changed";
    changes.push({ kind, what: noun === "" ? name : `${noun} ${name}`, before: was, after: is });
  }
  return changes;
}

function columnMap(columns: readonly Column[] | undefined): Facts {
  return new Map(
    (columns ?? []).map(({ Name = "", Type = "", Comment }) => [
      Name,
      Comment === undefined || Comment === "" ? Type : `${Type} -- ${Comment}`,
    ]),
  );
}

/** The same columns in another order matter to CSV. */
function orderChange(
  before: readonly Column[] | undefined,
  after: readonly Column[] | undefined,
): readonly SchemaChange[] {
  const names = (columns: readonly Column[] | undefined, among: ReadonlySet<string>): readonly string[] =>
    (columns ?? []).map(({ Name = "" }) => Name).filter((name) => among.has(name));
  const kept = new Set((before ?? []).map(({ Name = "" }) => Name));
  const both = new Set((after ?? []).map(({ Name = "" }) => Name).filter((name) => kept.has(name)));
  const [was, is] = [names(before, both).join(", "), names(after, both).join(", ")];
  return was === is ? [] : [{ kind: "changed", what: "order of columns", before: was, after: is }];
}

function factMap({ StorageDescriptor, Description, TableType, ViewOriginalText }: Table): Facts {
  const facts = {
    location: StorageDescriptor?.Location,
    "input format": StorageDescriptor?.InputFormat,
    serializer: StorageDescriptor?.SerdeInfo?.SerializationLibrary,
    description: Description,
    type: TableType,
    view: ViewOriginalText,
  };
  return new Map(
    Object.entries(facts).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}

function parameterMap({ Parameters, StorageDescriptor }: Table): Facts {
  const serde = Object.entries(StorageDescriptor?.SerdeInfo?.Parameters ?? {}).map(
    ([name, value]) => [`of the serializer ${name}`, value] as const,
  );
  return new Map([...Object.entries(Parameters ?? {}), ...serde].filter(([name]) => !counts.has(name)));
}
