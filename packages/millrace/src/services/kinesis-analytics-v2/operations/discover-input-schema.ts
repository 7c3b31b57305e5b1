import type {
  DiscoverInputSchemaRequest,
  DiscoverInputSchemaResponse,
} from "@aws-sdk/client-kinesis-analytics-v2";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";

import { discoverSchema } from "../discovery/discover-schema.ts";
import type { KinesisAnalyticsV2State } from "../state.ts";

export function discoverInputSchema(
  state: KinesisAnalyticsV2State,
  input: Input<DiscoverInputSchemaRequest>,
  call: Call,
): Promise<DiscoverInputSchemaResponse> {
  return discoverSchema(state, input, call);
}
