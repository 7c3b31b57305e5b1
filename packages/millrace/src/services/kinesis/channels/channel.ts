import { SerialTasks } from "../../../core/serial-tasks.ts";
import type { DeliveryPipeline, StreamCopier } from "../../../kernels/delivery/index.ts";
import { channelArn } from "../arn.ts";
import type { ChannelCounters } from "./channel-counters.ts";
import type { ChannelDocument } from "./channel-document.ts";

/**
 * One channel at run time. Its document is replaced as a whole, by `ChannelTable.change` only, after the new one
 * is durable.
 */
export class Channel {
  readonly arn: string;
  document: ChannelDocument;
  /** Changes of one channel run one after the other. */
  readonly changes: SerialTasks = new SerialTasks();
  /** Reads the stream; undefined while the channel does not deliver. */
  copier: StreamCopier | undefined;
  /** Keeps and delivers what was read. */
  pipeline: DeliveryPipeline | undefined;
  counters: ChannelCounters | undefined;

  constructor(document: ChannelDocument) {
    this.document = document;
    this.arn = channelArn(document);
  }
}
