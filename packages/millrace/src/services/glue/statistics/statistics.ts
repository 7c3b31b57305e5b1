import type { ColumnError, ColumnStatistics, ColumnStatisticsError, ErrorDetail } from "@aws-sdk/client-glue";
import { ServiceError } from "../../../core/errors.ts";
import type { Input } from "../../../gateway/service.ts";
import type { AttachmentOwner, TableEntry } from "../../../kernels/catalog/index.ts";
import { asked, entityNotFound, invalidInput } from "../errors.ts";
import { limits } from "../limits.ts";
import type { GlueState } from "../state.ts";
import { checkStatistics, columnsOf } from "./statistics-check.ts";
import { statisticsDocument, statisticsKind, statisticsOf } from "./statistics-document.ts";

/** What statistics are about: a table, or a partition of it. */
export interface StatisticsPlace {
  readonly table: TableEntry;
  /** Looks in the catalog as it is now. @throws ServiceError when it is gone */
  owner(): AttachmentOwner;
}

interface Found {
  readonly ColumnStatisticsList: ColumnStatistics[];
  readonly Errors: ColumnError[];
}

/** The statistics of columns, and an error for each column without. */
export function readStatistics(state: GlueState, place: StatisticsPlace, columns: readonly string[]): Found {
  const owner = place.owner();
  const ColumnStatisticsList: ColumnStatistics[] = [];
  const Errors: ColumnError[] = [];
  for (const column of columns) {
    const attachment = state.catalog.attachments.find(owner, statisticsKind, column.toLowerCase());
    if (attachment !== undefined) ColumnStatisticsList.push(statisticsOf(attachment.document));
    else Errors.push({ ColumnName: column, Error: detailOf(missing(column)) });
  }
  return { ColumnStatisticsList, Errors };
}

/** Adds or replaces the statistics of columns; those that cannot be kept are answered with the reason. */
export async function writeStatistics(
  state: GlueState,
  place: StatisticsPlace,
  list: readonly Input<ColumnStatistics>[],
): Promise<{ readonly Errors: ColumnStatisticsError[] }> {
  if (list.length > limits.statisticsPerUpdate)
    throw invalidInput(`ColumnStatisticsList has more than ${limits.statisticsPerUpdate} members.`);
  const Errors: ColumnStatisticsError[] = [];
  const valid: Input<ColumnStatistics>[] = [];
  const columns = columnsOf(place.table);
  for (const statistics of list) {
    const error = refusalOf(() => checkStatistics(statistics, columns));
    if (error === undefined) valid.push(statistics);
    else Errors.push({ ColumnStatistics: statistics, Error: detailOf(error) });
  }
  const write = (): void => {
    const owner = place.owner();
    for (const statistics of valid) {
      const name = statistics.ColumnName.toLowerCase();
      state.catalog.attachments.put(owner, statisticsKind, name, statisticsDocument(statistics));
    }
  };
  await asked(state.catalog.write(write));
  return { Errors };
}

/** @throws ServiceError when the column has none */
export async function deleteStatistics(
  state: GlueState,
  place: StatisticsPlace,
  column: string,
): Promise<void> {
  const remove = (): boolean =>
    state.catalog.attachments.delete(place.owner(), statisticsKind, column.toLowerCase());
  if (!(await asked(state.catalog.write(remove)))) throw missing(column);
}

const missing = (column: string): ServiceError => entityNotFound(`Statistics of column ${column} not found.`);

const detailOf = ({ code, message }: ServiceError): ErrorDetail => ({
  ErrorCode: code,
  ErrorMessage: message,
});

function refusalOf(check: () => void): ServiceError | undefined {
  try {
    check();
    return undefined;
  } catch (error) {
    if (error instanceof ServiceError) return error;
    throw error;
  }
}
