import type { ErrorDetail, Partition, PartitionError } from "@aws-sdk/client-glue";
import { assert } from "../../core/assert.ts";
import { ServiceError } from "../../core/errors.ts";
import type { PartitionEntry, PartitionOutcome } from "../../kernels/catalog/index.ts";
import { catalogRefusal } from "./errors.ts";
import type { FoundTable } from "./lookup.ts";

/** A partition as Glue answers it. */
export function partitionOutput(
  { scope, database, table }: FoundTable,
  partition: PartitionEntry,
  withColumns: boolean = true,
): Partition {
  const { StorageDescriptor, ...definition } = partition.definition as Partial<Partition>;
  const { Columns, ...described } = StorageDescriptor ?? {};
  const descriptor = withColumns ? StorageDescriptor : described;
  return {
    Values: [...partition.values],
    DatabaseName: database.name,
    TableName: table.name,
    CreationTime: new Date(partition.createdMs),
    ...definition,
    ...(StorageDescriptor === undefined ? {} : { StorageDescriptor: descriptor }),
    CatalogId: scope.catalogId,
  };
}

/** What a batch answers of one that failed. */
export function errorDetail(outcome: NonNullable<PartitionOutcome>): ErrorDetail {
  const error = catalogRefusal(outcome);
  assert(error instanceof ServiceError, "the catalog's refusals are errors of the service");
  return { ErrorCode: error.code, ErrorMessage: error.message };
}

/** What a batch answers of all that failed. */
export function partitionErrors(
  valuesOfAll: readonly (readonly string[])[],
  outcomes: readonly PartitionOutcome[],
): PartitionError[] {
  return valuesOfAll.flatMap((values, at) => {
    const outcome = outcomes[at];
    return outcome === undefined ? [] : [{ PartitionValues: [...values], ErrorDetail: errorDetail(outcome) }];
  });
}
