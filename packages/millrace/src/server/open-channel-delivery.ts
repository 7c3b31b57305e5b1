import type { SegmentCipher } from "../kernels/log/index.ts";
import { type ChannelParts, type KinesisState, KinesisStreamSource } from "../services/kinesis/index.ts";
import { openEncoders } from "./open-encoders.ts";
import { lazyLogSink } from "./open-log-groups.ts";
import { openObjectTarget } from "./open-object-target.ts";
import { openPipelines } from "./open-pipelines.ts";
import { openRoleAccess } from "./role-access.ts";
import type { ServiceContext } from "./service-context.ts";

interface ChannelStreams {
  /** Where the channels read from. */
  readonly state: KinesisState;
  /** What waits for its delivery is encrypted as its stream is. */
  readonly cipher: SegmentCipher;
  /** Stops the channels, before what they stand on is closed. */
  readonly stop: () => Promise<void>;
}

/** What delivers the channels of Kinesis, with logs and positions below `<data>/kinesis/channels`. */
export function openChannelDelivery(
  context: ServiceContext,
  { state, cipher, stop }: ChannelStreams,
): Promise<ChannelParts> {
  return context.platform.part("channel-delivery", async ({ onClose }) => {
    const roles = await openRoleAccess(context);
    const places = await openObjectTarget(context);
    const encoders = await openEncoders(context);
    const { pipelines, close } = openPipelines(context, {
      logs: "kinesis/channels",
      positions: ["kinesis", "channel-positions.sqlite"],
      cipher,
    });
    onClose(async () => {
      await stop();
      await close();
    });
    return {
      ...{ roles, places, encoders, pipelines },
      logs: lazyLogSink(context),
      source: (streamArn, { roleArn, sourceArn }) =>
        new KinesisStreamSource(
          state,
          streamArn,
          { roleArn, sourceArn, service: "kinesis.amazonaws.com", isKinesis: true },
          roles,
        ),
    };
  });
}
