import type { DescribeAlarmHistoryInput, DescribeAlarmHistoryOutput } from "@aws-sdk/client-cloudwatch";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import type { TokenScope } from "../../../gateway/tokens.ts";
import type { AlarmHistoryRow } from "../alarm.ts";
import { invalidToken, notImplemented } from "../errors.ts";
import { limits } from "../limits.ts";
import type { CloudwatchState } from "../state.ts";

const defaultRecords = 100;

export function describeAlarmHistory(
  state: CloudwatchState,
  input: Input<DescribeAlarmHistoryInput>,
  call: Call,
): DescribeAlarmHistoryOutput {
  if (input.AlarmContributorId !== undefined)
    throw notImplemented("DescribeAlarmHistory with AlarmContributorId");
  const scope = scopeOf(input, call);
  const skipped = skippedOf(state, scope, input.NextToken);
  const limit = input.MaxRecords ?? defaultRecords;
  const page: AlarmHistoryRow[] = [];
  let seen = 0;
  for (const row of state.alarms.history(call, input.ScanBy !== "TimestampAscending")) {
    if (!isWanted(row, input) || seen++ < skipped) continue;
    page.push(row);
    if (page.length > limit) break;
  }
  const hasMore = page.length > limit;
  return {
    AlarmHistoryItems: page.slice(0, limit).map(({ name, timeMs, type, summary, data }) => ({
      AlarmName: name,
      AlarmType: "MetricAlarm",
      Timestamp: new Date(timeMs),
      HistoryItemType: type,
      HistorySummary: summary,
      HistoryData: data,
    })),
    ...(hasMore ? { NextToken: state.tokens.seal(scope, skipped + limit, limits.pageTokenLifeMs) } : {}),
  };
}

function isWanted({ name, timeMs, type }: AlarmHistoryRow, input: Input<DescribeAlarmHistoryInput>): boolean {
  const { AlarmName, AlarmTypes, HistoryItemType, StartDate, EndDate } = input;
  return (
    (AlarmName === undefined || name === AlarmName) &&
    (AlarmTypes?.includes("MetricAlarm") ?? true) &&
    (HistoryItemType === undefined || type === HistoryItemType) &&
    timeMs >= (StartDate?.getTime() ?? 0) &&
    timeMs <= (EndDate?.getTime() ?? Number.MAX_SAFE_INTEGER)
  );
}

function scopeOf(input: Input<DescribeAlarmHistoryInput>, { account, region }: Call): TokenScope {
  const { NextToken: _token, MaxRecords: _records, ...rest } = input;
  return {
    operation: "cloudwatch:DescribeAlarmHistory",
    account,
    region,
    filters: { rest: JSON.stringify(rest) },
  };
}

function skippedOf(state: CloudwatchState, scope: TokenScope, token: string | undefined): number {
  if (token === undefined) return 0;
  const opened = state.tokens.open(scope, token);
  if (opened.kind !== "valid") throw invalidToken();
  return Number(opened.position);
}
