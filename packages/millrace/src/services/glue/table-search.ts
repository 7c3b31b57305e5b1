import type { PropertyPredicate, SortCriterion } from "@aws-sdk/client-glue";
import type { FoundInCatalog, TableEntry } from "../../kernels/catalog/index.ts";
import { invalidInput } from "./errors.ts";

type Test = (found: FoundInCatalog) => boolean;

/** What SearchTables looks for. @throws InvalidInputException */
export function tableSearch(searchText: string | undefined, filters: readonly PropertyPredicate[]): Test {
  const tests = [...textTests(searchText), ...filters.map(filterTest)];
  return (found) => tests.every((test) => test(found));
}

/** What the tables found are sorted by: a number or a text. @throws InvalidInputException */
export function tableOrder(criterion: SortCriterion | undefined): {
  readonly by: (found: FoundInCatalog) => number | string;
  readonly descending: boolean;
} {
  const { FieldName = "Name", Sort } = criterion ?? {};
  const [text, time] = [textFields.get(FieldName), timeFields.get(FieldName)];
  if (text === undefined && time === undefined)
    throw invalidInput(`Tables cannot be sorted by ${FieldName}.`);
  const by = (found: FoundInCatalog) => text?.(found) ?? time?.(found.table) ?? "";
  return { by, descending: Sort === "DESC" };
}

const textFields: ReadonlyMap<string, (found: FoundInCatalog) => string | undefined> = new Map([
  ["Name", ({ table }) => table.name],
  ["DatabaseName", ({ databaseName }) => databaseName],
  ["Description", ({ table }) => table.definition.Description],
  ["Owner", ({ table }) => table.definition.Owner],
  ["CreatedBy", ({ table }) => table.createdBy],
  ["TableType", ({ table }) => table.definition.TableType],
  ["Location", ({ table }) => table.definition.StorageDescriptor?.Location],
]);

const timeFields: ReadonlyMap<string, (table: TableEntry) => number | undefined> = new Map([
  ["CreateTime", ({ createdMs }) => createdMs],
  ["UpdateTime", ({ updatedMs }) => updatedMs],
  ["LastAccessTime", ({ definition }) => definition.LastAccessTime?.getTime()],
  ["LastAnalyzedTime", ({ definition }) => definition.LastAnalyzedTime?.getTime()],
]);

/** Text in quotes must be the whole of a value, other text a part of one. */
function textTests(searchText: string | undefined): readonly Test[] {
  if (searchText === undefined || searchText.trim() === "") return [];
  const text = searchText.trim().toLowerCase();
  const quoted = /^"(.*)"$/s.exec(text)?.[1];
  return [
    (found) =>
      searchedValues(found).some((value) =>
        quoted === undefined ? value.toLowerCase().includes(text) : value.toLowerCase() === quoted,
      ),
  ];
}

function searchedValues({ databaseName, table }: FoundInCatalog): readonly string[] {
  const { Description, Owner, Parameters = {}, PartitionKeys = [], StorageDescriptor } = table.definition;
  const columns = [...(StorageDescriptor?.Columns ?? []), ...PartitionKeys];
  const described = columns.flatMap(({ Name, Comment }) => [Name, Comment ?? ""]);
  return [
    table.name,
    databaseName,
    Description ?? "",
    Owner ?? "",
    ...described,
    ...Object.values(Parameters),
  ];
}

function filterTest({ Key, Value = "", Comparator }: PropertyPredicate): Test {
  if (Key === undefined) throw invalidInput("A filter requires a Key.");
  const time = timeFields.get(Key);
  if (time !== undefined) return timeTest(time, timeOf(Key, Value), Comparator ?? "EQUALS");
  const text = textFields.get(Key);
  // What is no field of a table is one of its parameters, such as `classification`.
  return (found) =>
    hasToken(text === undefined ? found.table.definition.Parameters?.[Key] : text(found), Value);
}

/** A value is split at punctuation into words, one of which must be the one asked for; or be it as a whole. */
function hasToken(value: string | undefined, asked: string): boolean {
  if (value === undefined) return false;
  const [whole, word] = [value.toLowerCase(), asked.toLowerCase()];
  return whole === word || whole.split(/[^\p{L}\p{N}_]+/u).includes(word);
}

function timeTest(
  time: (table: TableEntry) => number | undefined,
  askedMs: number,
  comparator: NonNullable<PropertyPredicate["Comparator"]>,
): Test {
  return ({ table }) => {
    const ms = time(table);
    if (ms === undefined) return false;
    switch (comparator) {
      case "EQUALS":
        return ms === askedMs;
      case "GREATER_THAN":
        return ms > askedMs;
      case "GREATER_THAN_EQUALS":
        return ms >= askedMs;
      case "LESS_THAN":
        return ms < askedMs;
      case "LESS_THAN_EQUALS":
        return ms <= askedMs;
    }
  };
}

/** A time as ISO 8601 has it, or in seconds since the epoch. */
function timeOf(key: string, value: string): number {
  const ms = /^[0-9]+(\.[0-9]+)?$/.test(value) ? Number(value) * 1000 : Date.parse(value);
  if (Number.isNaN(ms)) throw invalidInput(`The Value of the filter ${key} is not a time.`);
  return ms;
}
