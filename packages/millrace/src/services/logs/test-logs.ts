import type { CloudWatchLogs } from "@aws-sdk/client-cloudwatch-logs";
import { assert } from "../../core/assert.ts";
import { ManualClock } from "../../core/clock.ts";
import { ServiceError } from "../../core/errors.ts";
import { type Logger, silentLogger } from "../../core/logger.ts";
import { MasterKey } from "../../core/master-key.ts";
import { SqlFile } from "../../core/sql-file.ts";
import type { MetricIdentity, MetricSink, MetricValue } from "../../core/telemetry.ts";
import type { Call } from "../../gateway/call.ts";
import { PageTokens } from "../../gateway/tokens.ts";
import { operations } from "./operations.ts";
import { logSchema } from "./schema.ts";
import { LogsState } from "./state.ts";

export const account = "000000000000";
export const region = "us-east-1";
export const startMs: number = Date.UTC(2026, 0, 1, 12);
export const groupArn: string = `arn:aws:logs:${region}:${account}:log-group:app`;

type Method<Name extends string> =
  Uncapitalize<Name> extends keyof CloudWatchLogs ? CloudWatchLogs[Uncapitalize<Name>] : never;
type Types<Name extends string> =
  Method<Name> extends (
    input: infer Input,
    options: infer _Options,
    done: (error: unknown, output?: infer Output) => void,
  ) => void
    ? { input: Input; output: Omit<NonNullable<Output>, "$metadata"> }
    : never;
type OperationName = Capitalize<
  Exclude<keyof CloudWatchLogs, "middlewareStack" | "config" | "destroy" | "send">
>;

/** One CloudWatch Logs without a gateway, on a clock that stands still, with the group `app`. */
export class TestLogs implements AsyncDisposable {
  readonly clock: ManualClock = new ManualClock(startMs);
  /** Messages that were logged as warnings or errors. */
  readonly logged: string[] = [];
  /** What metric filters published. */
  readonly metrics: MetricValue[] = [];
  readonly state: LogsState;
  readonly file: SqlFile;

  private constructor(path: string) {
    const { clock, metrics } = this;
    this.file = new SqlFile({ path, sync: "off", schema: logSchema });
    const sink: MetricSink = {
      record: (value) => void metrics.push(value),
      series: (identity: MetricIdentity) => ({
        add: (value, timeMs) => void metrics.push({ ...identity, value, timeMs }),
      }),
    };
    this.state = new LogsState({
      clock,
      log: this.logger,
      file: this.file,
      tokens: new PageTokens({ key: MasterKey.random().derive("page tokens"), clock }),
      metrics: sink,
    });
  }

  static async start(path: string = ":memory:"): Promise<TestLogs> {
    const logs = new TestLogs(path);
    if (path === ":memory:") await logs.run("CreateLogGroup", { logGroupName: "app" });
    return logs;
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
    assert(entry !== undefined, `CloudWatch Logs has no operation ${name}`);
    return (await entry.run(this.state, input, this.#call(name, call))) as Types<Name>["output"];
  }

  /** What the policy engine would be asked about. */
  resources<Name extends OperationName>(name: Name, input: Types<Name>["input"]): readonly string[] {
    return operations[name]?.resources(this.state, input, this.#call(name, {})) ?? [];
  }

  #call(operation: string, changes: Partial<Call>): Call {
    const owner = changes.account ?? account;
    return {
      requestId: "00000000-0000-0000-0000-000000000000",
      service: "logs",
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

  /** Creates streams of the group `app`. */
  async streams(...names: readonly string[]): Promise<void> {
    for (const logStreamName of names)
      await this.run("CreateLogStream", { logGroupName: "app", logStreamName });
  }

  /** Puts messages into a stream of `app`, a second apart, the first so many seconds from the beginning. */
  async put(logStreamName: string, messages: readonly string[], second: number = 0): Promise<void> {
    const logEvents = messages.map((message, at) => ({ timestamp: startMs + (second + at) * 1000, message }));
    await this.run("PutLogEvents", { logGroupName: "app", logStreamName, logEvents });
  }

  /** The messages of a stream of `app`, the oldest first. */
  async messages(logStreamName: string): Promise<(string | undefined)[]> {
    const input = { logGroupName: "app", logStreamName, startFromHead: true };
    const { events = [] } = await this.run("GetLogEvents", input);
    return events.map(({ message }) => message);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.state.close();
    this.file.close();
  }
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

export async function codeOf(answer: Promise<unknown>): Promise<string> {
  return (await errorOf(answer)).code;
}
