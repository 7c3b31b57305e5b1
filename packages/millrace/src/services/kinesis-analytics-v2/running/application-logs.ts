import type { LogLevel } from "@aws-sdk/client-kinesis-analytics-v2";
import type { Clock } from "../../../core/clock.ts";
import { messageOf } from "../../../core/errors.ts";
import type { Logger } from "../../../core/logger.ts";
import type { RoleAccess } from "../../../core/role-access.ts";
import type { LogSink } from "../../../core/telemetry.ts";
import type { Application } from "../applications/application.ts";
import { analyticsService } from "../arn.ts";
import { parseLogStream } from "../configuration/logging.ts";

export interface LogLine {
  readonly timeMs: number;
  readonly level: LogLevel;
  readonly logger: string;
  readonly message: string;
}

/** Lines of an application that its page shows. */
const maxTailLines = 200;
/** A longer message is cut; CloudWatch Logs takes 1 MB. */
const maxMessageChars = 65_536;
/** Lines that wait for being written; more are dropped and counted. */
const maxPendingLines = 10_000;
const levels: readonly LogLevel[] = ["DEBUG", "INFO", "WARN", "ERROR"];

interface Parts {
  readonly clock: Clock;
  readonly log: Logger;
  readonly logs: LogSink;
  readonly roles: RoleAccess;
}

/** Writes lines of applications to their log streams, in AWS's form, and keeps the newest for their pages. */
export class ApplicationLogs {
  readonly #parts: Parts;
  readonly #tails = new Map<string, LogLine[]>();
  readonly #pending = new Set<Promise<void>>();
  #dropped = 0;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  write(application: Application, level: LogLevel, logger: string, text: string): void {
    const message = text.slice(0, maxMessageChars);
    if (levels.indexOf(level) < levels.indexOf(levelOf(application))) return;
    const line = { timeMs: this.#parts.clock.now(), level, logger, message };
    const tail = this.#tails.get(application.key) ?? [];
    tail.push(line);
    if (tail.length > maxTailLines) tail.shift();
    this.#tails.set(application.key, tail);
    for (const { LogStreamARN } of application.document.current.logging)
      this.#send(application, LogStreamARN ?? "", line);
  }

  tail(application: Application): readonly LogLine[] {
    return this.#tails.get(application.key) ?? [];
  }

  forget(application: Application): void {
    this.#tails.delete(application.key);
  }

  /** When all lines are written. */
  async settled(): Promise<void> {
    while (this.#pending.size > 0) await Promise.allSettled(this.#pending);
  }

  #send(application: Application, arn: string, line: LogLine): void {
    const target = parseLogStream(arn);
    if (target === undefined || !this.#mayWrite(application, arn)) return;
    if (this.#pending.size >= maxPendingLines) {
      this.#dropped++;
      return;
    }
    const { logs, log } = this.#parts;
    const dropped = this.#dropped;
    this.#dropped = 0;
    const text = lineText(application, line, dropped);
    const { account, region, group, stream } = target;
    const written = logs
      .write(account, region, group, stream, line.timeMs, text)
      .catch((error: unknown) => {
        log.warn({ err: error, application: application.arn }, `a line was not written: ${messageOf(error)}`);
      })
      .finally(() => this.#pending.delete(written));
    this.#pending.add(written);
  }

  #mayWrite(application: Application, arn: string): boolean {
    const refusal = this.#parts.roles.refusal({
      roleArn: application.document.current.role,
      service: analyticsService,
      sourceArn: application.arn,
      action: "logs:PutLogEvents",
      resources: [arn],
    });
    return refusal === undefined;
  }
}

function levelOf(application: Application): LogLevel {
  const { configuration } = application.document.current;
  return (
    configuration.ZeppelinApplicationConfigurationDescription?.MonitoringConfigurationDescription?.LogLevel ??
    configuration.FlinkApplicationConfigurationDescription?.MonitoringConfigurationDescription?.LogLevel ??
    "INFO"
  );
}

/** As AWS writes it: one object of JSON. */
function lineText(application: Application, { level, logger, message }: LogLine, dropped: number): string {
  const lost = dropped === 0 ? "" : ` (${dropped} lines before it were dropped)`;
  return JSON.stringify({
    applicationARN: application.arn,
    applicationVersionId: String(application.document.current.version),
    locationInformation: logger,
    logger,
    message: `${message}${lost}`,
    messageSchemaVersion: "1",
    messageType: level,
    threadName: "main",
  });
}
