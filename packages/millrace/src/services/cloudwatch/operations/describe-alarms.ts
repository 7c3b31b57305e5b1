import type { DescribeAlarmsInput, DescribeAlarmsOutput, MetricAlarm } from "@aws-sdk/client-cloudwatch";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import type { TokenScope } from "../../../gateway/tokens.ts";
import type { AlarmDocument } from "../alarm.ts";
import { alarmArn } from "../alarm-arn.ts";
import { invalidCombination, invalidToken, notImplemented } from "../errors.ts";
import { limits } from "../limits.ts";
import type { CloudwatchState } from "../state.ts";

const defaultRecords = 50;

export function describeAlarms(
  state: CloudwatchState,
  input: Input<DescribeAlarmsInput>,
  call: Call,
): DescribeAlarmsOutput {
  const { AlarmNames: names, AlarmNamePrefix: prefix, StateValue, AlarmTypes, ActionPrefix } = input;
  if (input.ChildrenOfAlarmName !== undefined || input.ParentsOfAlarmName !== undefined)
    throw notImplemented("DescribeAlarms with ChildrenOfAlarmName or ParentsOfAlarmName");
  if (names !== undefined && prefix !== undefined)
    throw invalidCombination("AlarmNames and AlarmNamePrefix are mutually exclusive.");
  // There are no composite alarms, and no alarm has an action.
  const isNone =
    (AlarmTypes !== undefined && !AlarmTypes.includes("MetricAlarm")) || ActionPrefix !== undefined;
  const scope = scopeOf(input, call);
  const after = afterOf(state, scope, input.NextToken);
  const all = isNone ? [] : state.alarms.list(call);
  const wanted = all.filter(
    ({ name, state: value }) =>
      name > after &&
      (names?.includes(name) ?? true) &&
      name.startsWith(prefix ?? "") &&
      (StateValue === undefined || value === StateValue),
  );
  const page = wanted.slice(0, input.MaxRecords ?? defaultRecords);
  const last = page.length < wanted.length ? page.at(-1)?.name : undefined;
  return {
    MetricAlarms: page.map(describe),
    CompositeAlarms: [],
    ...(last === undefined ? {} : { NextToken: state.tokens.seal(scope, last, limits.pageTokenLifeMs) }),
  };
}

function scopeOf(
  { AlarmNames, AlarmNamePrefix, StateValue }: Input<DescribeAlarmsInput>,
  call: Call,
): TokenScope {
  const filters = { AlarmNames: AlarmNames?.join("\n"), AlarmNamePrefix, StateValue };
  return { operation: "cloudwatch:DescribeAlarms", account: call.account, region: call.region, filters };
}

function afterOf(state: CloudwatchState, scope: TokenScope, token: string | undefined): string {
  if (token === undefined) return "";
  const opened = state.tokens.open(scope, token);
  if (opened.kind !== "valid") throw invalidToken();
  return String(opened.position);
}

function describe(alarm: AlarmDocument): MetricAlarm {
  const { configuration: set, reasonData } = alarm;
  return {
    ActionsEnabled: true,
    OKActions: [],
    AlarmActions: [],
    InsufficientDataActions: [],
    Dimensions: [],
    ...set,
    AlarmArn: alarmArn(alarm, alarm.name),
    AlarmConfigurationUpdatedTimestamp: new Date(alarm.configuredMs),
    StateValue: alarm.state,
    StateReason: alarm.reason,
    ...(reasonData === undefined ? {} : { StateReasonData: reasonData }),
    StateUpdatedTimestamp: new Date(alarm.updatedMs),
    StateTransitionedTimestamp: new Date(alarm.transitionedMs),
  };
}
