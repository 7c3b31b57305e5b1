import type { UpdateTableRequest, UpdateTableResponse } from "@aws-sdk/client-glue";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { versionNumber } from "../../../kernels/catalog/index.ts";
import { asked, catalogRefusal, invalidInput, notImplemented } from "../errors.ts";
import { folded, tableOf } from "../lookup.ts";
import type { GlueState } from "../state.ts";
import { tableDefinition } from "../table-input.ts";

/** Replaces all of a table but its name, as its next version. */
export async function updateTable(
  state: GlueState,
  input: Input<UpdateTableRequest>,
  call: Call,
): Promise<UpdateTableResponse> {
  if (input.UpdateOpenTableFormatInput !== undefined) throw notImplemented("updates of open table formats");
  if (input.ViewUpdateAction !== undefined) throw notImplemented("Data Catalog views");
  const { name, definition } = tableDefinition(input);
  if (input.Name !== undefined && folded(input.Name) !== folded(name))
    throw invalidInput("Table cannot be renamed");
  const expectedVersion = input.VersionId === undefined ? undefined : expected(input.VersionId);
  const { table } = tableOf(state, input, name, call);
  if ((definition.TargetTable === undefined) !== (table.definition.TargetTable === undefined))
    throw invalidInput("A table cannot become a resource link, nor a resource link a table.");
  const { SkipArchive: skipArchive } = input;
  await asked(state.catalog.tables.update(table, { definition, skipArchive, expectedVersion }));
  return {};
}

function expected(version: string): number {
  try {
    return versionNumber(version);
  } catch (error) {
    throw catalogRefusal(error);
  }
}
