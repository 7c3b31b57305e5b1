import { bindOperations, type Service } from "../../gateway/service.ts";
import { operations } from "./operations.ts";
import type { KinesisState } from "./state.ts";
import { streamPolicies } from "./stream-policies.ts";

export type { ChannelParts } from "./channels/channel-parts.ts";
export { KinesisMeter } from "./meter.ts";
export { ProducedRecords } from "./produced-records.ts";
export { ReplayError } from "./replay/replay-error.ts";
export type { ReplayPlace, ReplayRange } from "./replay/replay-range.ts";
export { StreamReplay } from "./replay/stream-replay.ts";
export { KinesisState } from "./state.ts";
export type { Stream } from "./stream.ts";
export { KinesisStreamBlocks } from "./stream-blocks.ts";
export { KinesisStreamSource } from "./stream-source.ts";
export {
  type ConsumerUse,
  StreamFigures,
  shardLimits,
} from "./traffic/stream-figures.ts";

/** Amazon Kinesis Data Streams, on streams that are loaded. */
export function createKinesis(state: KinesisState): Service {
  return {
    id: "kinesis",
    ...bindOperations(state, operations),
    resourcePolicies: (arn) => streamPolicies(state, arn),
    reset: () => state.reset(),
    // The streams are closed by whoever has opened them.
    close: () => state.channelLifecycle.close(),
  };
}
