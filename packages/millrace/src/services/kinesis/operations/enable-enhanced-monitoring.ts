import type { EnableEnhancedMonitoringInput, EnhancedMonitoringOutput } from "@aws-sdk/client-kinesis";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { changeMonitoring } from "../monitoring.ts";
import type { KinesisState } from "../state.ts";

export function enableEnhancedMonitoring(
  state: KinesisState,
  input: Input<EnableEnhancedMonitoringInput>,
  call: Call,
): Promise<EnhancedMonitoringOutput> {
  return changeMonitoring(state, input, call, (current, named) => [...new Set([...current, ...named])]);
}
