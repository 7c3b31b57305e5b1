import { parseChannelArn, parseStreamArn } from "./arn.ts";
import type { KinesisState } from "./state.ts";

/** The policies that decide about an ARN: a stream's own, a consumer's own. */
export function streamPolicies(state: KinesisState, arn: string): readonly string[] {
  // Channels have none, and neither has a pattern of streams.
  if (!arn.startsWith("arn:") || parseChannelArn(arn) !== undefined || arn.endsWith("*")) return [];
  const { account, region, stream: name, consumer } = parseStreamArn(arn);
  const document = state.streams.get(account, region, name)?.document;
  if (document === undefined) return [];
  const resource =
    consumer === undefined
      ? document
      : document.consumers.find(
          (other) => other.name === consumer.name && other.createdSeconds === consumer.createdSeconds,
        );
  return resource?.policy === undefined ? [] : [resource.policy];
}
