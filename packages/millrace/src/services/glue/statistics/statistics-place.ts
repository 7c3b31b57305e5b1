import type { Call } from "../../../gateway/call.ts";
import { entityNotFound } from "../errors.ts";
import { type InDatabase, tableOf } from "../lookup.ts";
import type { GlueState } from "../state.ts";
import type { StatisticsPlace } from "./statistics.ts";

interface InTable extends InDatabase {
  readonly TableName: string;
}

/** The table of a call, behind its links. @throws EntityNotFoundException */
export function placeOfTable(state: GlueState, input: InTable, call: Call): StatisticsPlace {
  const { table } = tableOf(state, input, input.TableName, call);
  return {
    table,
    owner: () => ({ owner: "table", id: state.catalog.tables.current(table).id }),
  };
}

/** The partition of a call, behind its table's links. @throws EntityNotFoundException */
export function placeOfPartition(
  state: GlueState,
  input: InTable & { readonly PartitionValues: readonly string[] },
  call: Call,
): StatisticsPlace {
  const { table } = tableOf(state, input, input.TableName, call);
  return {
    table,
    owner() {
      const partition = state.catalog.partitions.find(table, input.PartitionValues);
      if (partition === undefined) throw entityNotFound("Partition not found.");
      return { owner: "partition", id: partition.id };
    },
  };
}
