import { formatArn, partitionOf } from "../../../core/arn.ts";
import { messageOf } from "../../../core/errors.ts";
import type { Logger } from "../../../core/logger.ts";
import type { Channel } from "./channel.ts";
import { type ChannelParts, kinesisService } from "./channel-parts.ts";

/** Lines that wait to be written; those beyond are dropped, and that is logged. */
const maxWaitingLines = 1_000;

export const defaultLogStream = "DestinationDelivery";

/** Tells users in CloudWatch Logs why their records are not delivered, where a channel asks for it. */
export class ChannelLog {
  readonly #parts: Pick<ChannelParts, "logs" | "roles">;
  readonly #log: Logger;
  #waiting = 0;

  constructor(parts: Pick<ChannelParts, "logs" | "roles">, log: Logger) {
    this.#parts = parts;
    this.#log = log;
  }

  /** Neither throws nor waits. */
  write(
    channel: Channel,
    line: { readonly errorCode: string; readonly message: string },
    timeMs: number,
  ): void {
    const { account, region, logging, storage } = channel.document;
    const { LogGroupName: group, LogStreamName: stream = defaultLogStream } = logging;
    if (!logging.Enabled || group === undefined || !this.#mayWrite(channel, group)) return;
    if (this.#waiting >= maxWaitingLines) {
      this.#log.warn({ channel: channel.arn }, "a line of a channel's log was dropped: too many are waiting");
      return;
    }
    const text = JSON.stringify({ channelARN: channel.arn, destination: storage.BucketARN, ...line });
    this.#waiting++;
    this.#parts.logs
      .write(account, region, group, stream, timeMs, text)
      .catch((error: unknown) =>
        this.#log.warn({ err: error, channel: channel.arn }, `a channel's log failed: ${messageOf(error)}`),
      )
      .finally(() => this.#waiting--);
  }

  #mayWrite({ arn, document }: Channel, group: string): boolean {
    const { account, region, roleArn } = document;
    const resource = `log-group:${group}:*`;
    const logGroup = formatArn({
      partition: partitionOf(region),
      service: "logs",
      region,
      account,
      resource,
    });
    const use = { roleArn, service: kinesisService, sourceArn: arn, resources: [logGroup] };
    return this.#parts.roles.refusal({ ...use, action: "logs:PutLogEvents" }) === undefined;
  }
}
