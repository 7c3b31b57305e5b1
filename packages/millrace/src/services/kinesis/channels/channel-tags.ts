import type { Call } from "../../../gateway/call.ts";
import { resourceInUse } from "../errors.ts";
import type { KinesisState } from "../state.ts";
import { findChannel } from "./channel-lookup.ts";

type Tags = Readonly<Record<string, string>>;

/** Changes the tags of a channel, and with them the freshness where they say it. */
export async function changeChannelTags(
  state: KinesisState,
  arn: string,
  call: Call,
  next: (tags: Tags) => Tags,
): Promise<void> {
  const channel = findChannel(state, arn, call);
  await state.channels.change(channel, (document) => {
    if (document.status === "DELETING")
      throw resourceInUse(
        `Channel ${document.name} under account ${document.account} not ACTIVE, instead in state DELETING`,
      );
    return { ...document, tags: next(document.tags) };
  });
  state.channelLifecycle.applyLater(channel);
}
