/**
 * Operations whose action in IAM has another name than theirs: see the API's reference of each, as
 * https://docs.aws.amazon.com/glue/latest/webapi/API_UpdateColumnStatisticsForTable.html.
 */
const actions: Readonly<Record<string, string>> = {
  DeleteColumnStatisticsForPartition: "DeletePartition",
  DeleteColumnStatisticsForTable: "DeleteTable",
  GetColumnStatisticsForPartition: "GetPartition",
  GetColumnStatisticsForTable: "GetTable",
  UpdateColumnStatisticsForPartition: "UpdatePartition",
  UpdateColumnStatisticsForTable: "UpdateTable",
};

/** The action that an operation is in policies. */
export function actionOf(operation: string): string {
  return `glue:${actions[operation] ?? operation}`;
}
