import type {
  DescribeLogGroupsRequest,
  DescribeLogGroupsResponse,
  LogGroup,
} from "@aws-sdk/client-cloudwatch-logs";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { groupArn, groupNameOf } from "../arn.ts";
import { invalidParameter, notImplemented } from "../errors.ts";
import type { LogGroupRow } from "../group-table.ts";
import { openPage, sealPage } from "../page.ts";
import type { LogsState } from "../state.ts";

const defaultLimit = 50;

export function describeLogGroups(
  state: LogsState,
  input: Input<DescribeLogGroupsRequest>,
  call: Call,
): DescribeLogGroupsResponse {
  const { logGroupNamePrefix: prefix = "", logGroupNamePattern: pattern } = input;
  if (input.includeLinkedAccounts || input.accountIdentifiers !== undefined)
    throw notImplemented("DescribeLogGroups across accounts (includeLinkedAccounts, accountIdentifiers)");
  if (prefix !== "" && pattern !== undefined)
    throw invalidParameter(
      "LogGroup name prefix and LogGroup name pattern are mutually exclusive parameters.",
    );
  const names = input.logGroupIdentifiers?.map((identifier) => groupNameOf(identifier, call));
  const isWanted = ({ name }: LogGroupRow): boolean =>
    name.startsWith(prefix) && name.includes(pattern ?? "") && (names === undefined || names.includes(name));
  // Other classes than STANDARD cannot be made.
  const hasClass = (input.logGroupClass ?? "STANDARD") === "STANDARD";
  const filters = { prefix, pattern, names: names?.join() };
  const after = input.nextToken === undefined ? "" : openPage<string>(state, call, input.nextToken, filters);
  const limit = input.limit ?? defaultLimit;
  const page: LogGroupRow[] = [];
  if (hasClass)
    for (const group of state.groups.list(call, after)) {
      if (isWanted(group)) page.push(group);
      if (page.length > limit) break;
    }
  const last = page.length > limit ? page[limit - 1] : undefined;
  return {
    logGroups: page.slice(0, limit).map((group) => describe(state, group, call)),
    ...(last === undefined ? {} : { nextToken: sealPage(state, call, last.name, filters) }),
  };
}

function describe(state: LogsState, group: LogGroupRow, call: Call): LogGroup {
  const arn = groupArn(call, group.name);
  return {
    logGroupName: group.name,
    creationTime: group.createdMs,
    ...(group.retentionDays === undefined ? {} : { retentionInDays: group.retentionDays }),
    metricFilterCount: state.metricFilters.count(group),
    arn: `${arn}:*`,
    logGroupArn: arn,
    storedBytes: group.bytes,
    logGroupClass: "STANDARD",
  };
}
