import { type HiveType, printHiveType } from "../../../formats/schema/hive-type.ts";
import { parseHiveType } from "../../../formats/schema/hive-type-parser.ts";
import type {
  Column,
  Parameters,
  PartitionDefinition,
  TableDefinition,
} from "../../../kernels/catalog/index.ts";
import { statisticParameters } from "./table-definition.ts";

/** How two definitions differ: not at all, in how much data there is, or in what the data is. */
export type DefinitionChange = "none" | "statistics" | "definition";

export function changeBetween(
  before: TableDefinition | PartitionDefinition,
  after: TableDefinition | PartitionDefinition,
): DefinitionChange {
  if (comparable(before, (parameters) => parameters) === comparable(after, (parameters) => parameters))
    return "none";
  return comparable(before, lasting) === comparable(after, lasting) ? "statistics" : "definition";
}

/** A text that is the same for equal definitions, whatever the order of their parameters. */
function comparable(
  definition: TableDefinition | PartitionDefinition,
  choose: (parameters: Parameters) => Parameters,
): string {
  const { StorageDescriptor: storage, Parameters: parameters } = definition;
  return JSON.stringify([
    "PartitionKeys" in definition ? definition.PartitionKeys : [],
    { ...storage, Parameters: undefined, SerdeInfo: undefined },
    storage?.SerdeInfo?.SerializationLibrary,
    sorted(storage?.SerdeInfo?.Parameters ?? {}),
    sorted(choose(storage?.Parameters ?? {})),
    sorted(choose(parameters ?? {})),
  ]);
}

function lasting(parameters: Parameters): Parameters {
  return Object.fromEntries(Object.entries(parameters).filter(([name]) => !statisticParameters.has(name)));
}

function sorted(parameters: Parameters): readonly (readonly [string, string])[] {
  return Object.entries(parameters).sort(([a], [b]) => (a < b ? -1 : 1));
}

/** What makes the files of a table unreadable for those who know its former definition. */
const fundamental = ["classification", "compressionType", "delimiter"] as const;

/** Whether the data is of another kind than before. */
export function isIncompatible(before: TableDefinition, after: TableDefinition): boolean {
  const [old, now] = [before.Parameters ?? {}, after.Parameters ?? {}];
  return fundamental.some((name) => old[name] !== undefined && old[name] !== now[name]);
}

/** A definition with what is new in another one: columns, and fields of structs. What is there stays. */
export function withNewColumns(before: TableDefinition, after: TableDefinition): TableDefinition {
  const [old, now] = [before.StorageDescriptor, after.StorageDescriptor];
  const columns = mergedColumns(old?.Columns ?? [], now?.Columns ?? []);
  const serde = old?.SerdeInfo;
  const paths = serde?.Parameters?.["paths"];
  const SerdeInfo =
    paths === undefined
      ? serde
      : { ...serde, Parameters: { ...serde?.Parameters, paths: columns.map(({ Name }) => Name).join(",") } };
  const Parameters = { ...before.Parameters, ...statisticsOf(after.Parameters ?? {}) };
  return {
    ...before,
    StorageDescriptor: {
      ...old,
      Columns: columns,
      SerdeInfo,
      Parameters: { ...old?.Parameters, ...statisticsOf(now?.Parameters ?? {}) },
    },
    Parameters,
  };
}

function statisticsOf(parameters: Parameters): Parameters {
  return Object.fromEntries(Object.entries(parameters).filter(([name]) => statisticParameters.has(name)));
}

function mergedColumns(before: readonly Column[], after: readonly Column[]): readonly Column[] {
  const known = new Set(before.map(({ Name }) => Name.toLowerCase()));
  const found = new Map(after.map((column) => [column.Name.toLowerCase(), column]));
  const kept = before.map((column) => {
    const type = found.get(column.Name.toLowerCase())?.Type;
    return type === undefined || column.Type === undefined
      ? column
      : { ...column, Type: extendedType(column.Type, type) };
  });
  return [...kept, ...after.filter(({ Name }) => !known.has(Name.toLowerCase()))];
}

/** A type with the new fields of its structs; types that are no types stay as they are. */
function extendedType(before: string, after: string): string {
  if (before === after || !before.includes("struct<")) return before;
  const [old, now] = [parseHiveType(before), parseHiveType(after)];
  return old === undefined || now === undefined ? before : printHiveType(extended(old, now));
}

function extended(old: HiveType, now: HiveType): HiveType {
  if (old.kind === "array" && now.kind === "array")
    return { kind: "array", element: extended(old.element, now.element) };
  if (old.kind === "map" && now.kind === "map") return { ...old, value: extended(old.value, now.value) };
  if (old.kind !== "struct" || now.kind !== "struct") return old;
  const known = new Set(old.fields.map(({ name }) => name.toLowerCase()));
  const found = new Map(now.fields.map((field) => [field.name.toLowerCase(), field.type]));
  const kept = old.fields.map((field) => {
    const type = found.get(field.name.toLowerCase());
    return type === undefined ? field : { ...field, type: extended(field.type, type) };
  });
  return {
    kind: "struct",
    fields: [...kept, ...now.fields.filter(({ name }) => !known.has(name.toLowerCase()))],
  };
}
