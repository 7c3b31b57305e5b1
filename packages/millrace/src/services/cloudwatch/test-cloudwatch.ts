import type { CloudWatch } from "@aws-sdk/client-cloudwatch";
import { ManualClock } from "../../core/clock.ts";
import { MasterKey } from "../../core/master-key.ts";
import { SqlFile } from "../../core/sql-file.ts";
import { type InputOf, OperationRunner } from "../../gateway/test-operations.ts";
import { PageTokens } from "../../gateway/tokens.ts";
import { operations } from "./operations.ts";
import { cloudwatchSchema } from "./schema.ts";
import { CloudwatchState } from "./state.ts";

export { account, codeAndMessageOf as errorOf, region } from "../../gateway/test-operations.ts";

/** Where the clock of a test stands: on a whole hour. */
export const startMs: number = Date.UTC(2026, 0, 1, 12);

/** One CloudWatch without a gateway, on a clock that stands still. */
export class TestCloudwatch extends OperationRunner<CloudWatch, CloudwatchState> implements AsyncDisposable {
  readonly state: CloudwatchState;
  readonly file: SqlFile;

  constructor(path: string = ":memory:") {
    super("cloudwatch", operations, new ManualClock(startMs));
    const { clock } = this;
    this.file = new SqlFile({ path, sync: "off", schema: cloudwatchSchema });
    const tokens = new PageTokens({ key: MasterKey.random().derive("page tokens"), clock });
    this.state = new CloudwatchState({ clock, log: this.logger, file: this.file, tokens });
  }

  /** Puts one value of the metric `orders` of `shop`, minutes from the beginning of the test. */
  async put(value: number, minute: number = 0, MetricName: string = "orders"): Promise<void> {
    const Timestamp = minutes(minute);
    await this.run("PutMetricData", {
      Namespace: "shop",
      MetricData: [{ MetricName, Value: value, Timestamp }],
    });
  }

  /** Sets an alarm: more than 5 orders a minute, unless told otherwise. */
  async alarm(changes: Partial<InputOf<CloudWatch, "PutMetricAlarm">> = {}): Promise<void> {
    await this.run("PutMetricAlarm", {
      AlarmName: "busy",
      Namespace: "shop",
      MetricName: "orders",
      Statistic: "Sum",
      Period: 60,
      EvaluationPeriods: 1,
      Threshold: 5,
      ComparisonOperator: "GreaterThanThreshold",
      ...changes,
    });
  }

  /** The state of an alarm, after it was evaluated so many minutes from the beginning of the test. */
  async stateAt(minute: number, name: string = "busy"): Promise<string | undefined> {
    this.clock.advance(minutes(minute).getTime() - this.clock.now());
    await this.state.alarms.evaluate();
    const { MetricAlarms } = await this.run("DescribeAlarms", { AlarmNames: [name] });
    return MetricAlarms?.[0]?.StateValue;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.state.close();
    this.file.close();
  }
}

/** The time so many minutes from the beginning of the test. */
export function minutes(count: number): Date {
  return new Date(startMs + count * 60_000);
}
