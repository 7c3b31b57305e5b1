import type { CloudWatch } from "@aws-sdk/client-cloudwatch";
import { assert } from "../../core/assert.ts";
import { ManualClock } from "../../core/clock.ts";
import { ServiceError } from "../../core/errors.ts";
import { type Logger, silentLogger } from "../../core/logger.ts";
import { MasterKey } from "../../core/master-key.ts";
import { SqlFile } from "../../core/sql-file.ts";
import type { Call } from "../../gateway/call.ts";
import { PageTokens } from "../../gateway/tokens.ts";
import { operations } from "./operations.ts";
import { cloudwatchSchema } from "./schema.ts";
import { CloudwatchState } from "./state.ts";

export const account = "000000000000";
export const region = "us-east-1";
/** Where the clock of a test stands: on a whole hour. */
export const startMs: number = Date.UTC(2026, 0, 1, 12);

type Method<Name extends string> =
  Uncapitalize<Name> extends keyof CloudWatch ? CloudWatch[Uncapitalize<Name>] : never;
type Types<Name extends string> =
  Method<Name> extends (
    input: infer Input,
    options: infer _Options,
    done: (error: unknown, output?: infer Output) => void,
  ) => void
    ? { input: Input; output: Omit<NonNullable<Output>, "$metadata"> }
    : never;
type OperationName = Capitalize<Exclude<keyof CloudWatch, "middlewareStack" | "config" | "destroy" | "send">>;

/** One CloudWatch without a gateway, on a clock that stands still. */
export class TestCloudwatch implements AsyncDisposable {
  readonly clock: ManualClock = new ManualClock(startMs);
  /** Messages that were logged as warnings or errors. */
  readonly logged: string[] = [];
  readonly state: CloudwatchState;
  readonly file: SqlFile;

  constructor(path: string = ":memory:") {
    const { clock } = this;
    this.file = new SqlFile({ path, sync: "off", schema: cloudwatchSchema });
    const tokens = new PageTokens({ key: MasterKey.random().derive("page tokens"), clock });
    this.state = new CloudwatchState({ clock, log: this.logger, file: this.file, tokens });
  }

  get logger(): Logger {
    const note = (_fields: object, message: string): void => void this.logged.push(message);
    return { ...silentLogger, warn: note, error: note, child: () => this.logger };
  }

  /** Runs an operation as the gateway would, with an input that satisfies the model. */
  async run<Name extends OperationName>(
    name: Name,
    input: Types<Name>["input"],
    call: Partial<Call> = {},
  ): Promise<Types<Name>["output"]> {
    const entry = operations[name];
    assert(entry !== undefined, `CloudWatch has no operation ${name}`);
    return (await entry.run(this.state, input, this.#call(name, call))) as Types<Name>["output"];
  }

  #call(operation: string, changes: Partial<Call>): Call {
    const owner = changes.account ?? account;
    return {
      requestId: "00000000-0000-0000-0000-000000000000",
      service: "cloudwatch",
      operation,
      account: owner,
      region,
      principal: { arn: `arn:aws:iam::${owner}:root`, account: owner, accessKeyId: "test", kind: "root" },
      receivedAt: this.clock.now(),
      signal: new AbortController().signal,
      log: this.logger,
      ...changes,
    };
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
  async alarm(changes: Partial<Types<"PutMetricAlarm">["input"]> = {}): Promise<void> {
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

/** The error that a call was refused with; none is a failure of the test. */
export async function errorOf(answer: Promise<unknown>): Promise<Pick<ServiceError, "code" | "message">> {
  const outcome = await answer.then(
    () => "no error",
    (error: unknown) => error,
  );
  if (outcome instanceof ServiceError) return { code: outcome.code, message: outcome.message };
  throw outcome instanceof Error ? outcome : new Error("the call was answered, not refused");
}
