import type { PartitionInput as GluePartitionInput } from "@aws-sdk/client-glue";
import type { Input } from "../../gateway/service.ts";
import type { PartitionInput, TableEntry } from "../../kernels/catalog/index.ts";
import { invalidInput } from "./errors.ts";

/** The partition that a request describes. @throws InvalidInputException when it has not a value for each key */
export function partitionInput(
  table: TableEntry,
  input: Input<GluePartitionInput>,
  values: readonly string[] = input.Values ?? [],
): PartitionInput {
  requireValues(table, values);
  const { Values, ...definition } = input;
  if (Values !== undefined && !isSame(Values, values))
    throw invalidInput("The Values of a partition cannot be changed.");
  return { values, definition };
}

/** @throws InvalidInputException */
export function requireValues(table: TableEntry, values: readonly string[]): void {
  const keys = table.definition.PartitionKeys ?? [];
  if (keys.length !== values.length || keys.length === 0)
    throw invalidInput("The number of partition keys do not match the number of partition values");
}

function isSame(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((value, at) => value === other[at]);
}
