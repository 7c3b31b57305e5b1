import type { CloudWatchLogs } from "@aws-sdk/client-cloudwatch-logs";
import { ManualClock } from "../../core/clock.ts";
import { MasterKey } from "../../core/master-key.ts";
import { SqlFile } from "../../core/sql-file.ts";
import type { MetricIdentity, MetricSink, MetricValue } from "../../core/telemetry.ts";
import { account, OperationRunner, region } from "../../gateway/test-operations.ts";
import { PageTokens } from "../../gateway/tokens.ts";
import { operations } from "./operations.ts";
import { logSchema } from "./schema.ts";
import { LogsState } from "./state.ts";

export { account, codeAndMessageOf as errorOf, codeOf, region } from "../../gateway/test-operations.ts";

export const startMs: number = Date.UTC(2026, 0, 1, 12);
export const groupArn: string = `arn:aws:logs:${region}:${account}:log-group:app`;

/** One CloudWatch Logs without a gateway, on a clock that stands still, with the group `app`. */
export class TestLogs extends OperationRunner<CloudWatchLogs, LogsState> implements AsyncDisposable {
  /** What metric filters published. */
  readonly metrics: MetricValue[] = [];
  readonly state: LogsState;
  readonly file: SqlFile;

  private constructor(path: string) {
    super("logs", operations, new ManualClock(startMs));
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
