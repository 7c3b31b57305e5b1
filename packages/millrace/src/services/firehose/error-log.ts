import { messageOf } from "../../core/errors.ts";
import type { Logger } from "../../core/logger.ts";
import type { LogSink } from "../../core/telemetry.ts";
import type { DeliveryStream } from "./delivery-stream.ts";
import type { ErrorLog } from "./destinations/destination.ts";

/** Lines that wait to be written; those beyond are dropped, and that is logged. */
const maxWaitingLines = 1_000;

export interface ErrorLine {
  readonly errorCode: string;
  readonly message: string;
  /** The function whose call failed. */
  readonly processor?: string | undefined;
  readonly version: number;
}

/** Tells users in CloudWatch Logs why their records are not delivered, where a destination asks for it. */
export class ErrorLogs {
  readonly #sink: LogSink;
  readonly #log: Logger;
  #waiting = 0;

  constructor(sink: LogSink, log: Logger) {
    this.#sink = sink;
    this.#log = log;
  }

  /** Neither throws nor waits. */
  write(stream: DeliveryStream, { options, destination }: ErrorLog, line: ErrorLine, timeMs: number): void {
    const { LogGroupName: group, LogStreamName: name } = options;
    if (!options.Enabled || !group || !name) return;
    if (this.#waiting >= maxWaitingLines) {
      this.#log.warn({ stream: stream.arn }, "a line of an error log was dropped: too many are waiting");
      return;
    }
    const { account, region } = stream.document;
    const text = JSON.stringify({
      deliveryStreamARN: stream.arn,
      destination,
      deliveryStreamVersionId: versionMember(line),
      message: line.message,
      errorCode: line.errorCode,
      ...(line.processor === undefined ? {} : { processor: line.processor }),
    });
    this.#waiting++;
    this.#sink
      .write(account, region, group, name, timeMs, text)
      .catch((error: unknown) =>
        this.#log.warn({ err: error, stream: stream.arn }, `an error log failed: ${messageOf(error)}`),
      )
      .finally(() => this.#waiting--);
  }
}

/** AWS writes a text where S3 failed and a number elsewhere. */
function versionMember({ errorCode, version }: ErrorLine): string | number {
  return errorCode.startsWith("S3.") ? String(version) : version;
}
