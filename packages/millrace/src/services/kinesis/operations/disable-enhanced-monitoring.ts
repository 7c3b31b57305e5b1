import type { DisableEnhancedMonitoringInput, EnhancedMonitoringOutput } from "@aws-sdk/client-kinesis";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { changeMonitoring } from "../monitoring.ts";
import type { KinesisState } from "../state.ts";

export function disableEnhancedMonitoring(
  state: KinesisState,
  input: Input<DisableEnhancedMonitoringInput>,
  call: Call,
): Promise<EnhancedMonitoringOutput> {
  return changeMonitoring(state, input, call, (current, named) =>
    current.filter((metric) => !named.includes(metric)),
  );
}
