import type { PutMetricAlarmInput } from "@aws-sdk/client-cloudwatch";
import { ServiceError } from "../../../core/errors.ts";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import type { AlarmConfiguration, AlarmDocument } from "../alarm.ts";
import { isComparison, statisticName } from "../alarm-evaluation.ts";
import { invalidCombination, invalidValue, missingParameter, notImplemented } from "../errors.ts";
import { limits } from "../limits.ts";
import { metricOf } from "../metric-name.ts";
import type { CloudwatchState } from "../state.ts";
import { statisticOf } from "../statistic.ts";
import { isPeriod } from "../time-range.ts";

/** Members that would need what Millrace has not: they are refused rather than kept and ignored. */
const missingMembers = [
  "Metrics",
  "Tags",
  "ThresholdMetricId",
  "EvaluateLowSampleCountPercentile",
  "EvaluationWindow",
  "WarmUpConfiguration",
  "EvaluationCriteria",
  "EvaluationInterval",
  "ActionConfiguration",
] as const;
const actionMembers = ["AlarmActions", "OKActions", "InsufficientDataActions"] as const;

export async function putMetricAlarm(
  state: CloudwatchState,
  input: Input<PutMetricAlarmInput>,
  call: Call,
): Promise<void> {
  for (const member of missingMembers)
    if (input[member] !== undefined) throw notImplemented(`PutMetricAlarm with ${member}`);
  for (const member of actionMembers)
    if ((input[member]?.length ?? 0) > 0) throw notImplemented(`PutMetricAlarm with ${member}`);
  checkAlarm(input, call);
  const { account, region } = call;
  const nowMs = state.clock.now();
  const configuration = input as AlarmConfiguration;
  await state.alarms.change(call, input.AlarmName, (known) => {
    if (known === undefined && state.alarms.list(call).length >= limits.alarms)
      throw new ServiceError("LimitExceededFault", "The maximum limit for alarms has been reached.");
    const created: AlarmDocument = {
      account,
      region,
      name: input.AlarmName,
      configuration,
      configuredMs: nowMs,
      state: "INSUFFICIENT_DATA",
      reason: "Unchecked: Initial alarm creation",
      updatedMs: nowMs,
      transitionedMs: nowMs,
    };
    const [verb, type] = known === undefined ? ["created", "Create"] : ["updated", "Update"];
    return {
      // An alarm that is set anew keeps its state.
      alarm: known === undefined ? created : { ...known, configuration, configuredMs: nowMs },
      history: {
        name: input.AlarmName,
        timeMs: nowMs,
        type: "ConfigurationUpdate",
        summary: `Alarm "${input.AlarmName}" ${verb}`,
        data: JSON.stringify({ version: "1.0", type, configuration }),
      },
    };
  });
}

function checkAlarm(input: Input<PutMetricAlarmInput>, call: Call): void {
  for (const member of [
    "Namespace",
    "MetricName",
    "Period",
    "EvaluationPeriods",
    "Threshold",
    "ComparisonOperator",
  ] as const)
    if (input[member] === undefined) throw missingParameter(`The parameter ${member} is required.`);
  const { Statistic, ExtendedStatistic, ComparisonOperator, Period = 0, EvaluationPeriods = 0 } = input;
  if ((Statistic === undefined) === (ExtendedStatistic === undefined))
    throw invalidCombination("Exactly one of Statistic and ExtendedStatistic must be specified.");
  statisticOf(statisticName(input as AlarmConfiguration), Statistic ? "Statistic" : "ExtendedStatistic");
  if (ComparisonOperator !== undefined && !isComparison(ComparisonOperator))
    throw notImplemented(`PutMetricAlarm with ComparisonOperator ${ComparisonOperator}`);
  const treatment = input.TreatMissingData ?? "missing";
  if (!["breaching", "notBreaching", "ignore", "missing"].includes(treatment))
    throw invalidValue(`The value ${treatment} for parameter TreatMissingData is invalid.`);
  if (!isPeriod(Period) || Period === 1 || Period === 5)
    throw invalidValue("The parameter Period must be 10, 20, 30, or a multiple of 60.");
  if ((input.DatapointsToAlarm ?? 1) > EvaluationPeriods)
    throw invalidValue("The parameter DatapointsToAlarm must be less than or equal to EvaluationPeriods.");
  if (Period * EvaluationPeriods > limits.alarmSpanSeconds)
    throw invalidValue(
      `Metrics cannot be checked across more than ${limits.alarmSpanSeconds} seconds (EvaluationPeriods * Period).`,
    );
  const { Namespace: namespace = "", MetricName: name = "" } = input;
  metricOf({ namespace, name, dimensions: input.Dimensions }, call, "Dimensions");
}
