import type { ScheduleKeyDeletionRequest, ScheduleKeyDeletionResponse } from "@aws-sdk/client-kms";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { validation } from "../errors.ts";
import type { Key } from "../key.ts";
import { findCustomerKey } from "../key-lookup.ts";
import { requireKept } from "../key-state.ts";
import { dayMs, limits } from "../limits.ts";
import type { KmsState } from "../state.ts";

export function scheduleKeyDeletion(
  state: KmsState,
  { KeyId, PendingWindowInDays: windowDays = limits.defaultDeletionDays }: Input<ScheduleKeyDeletionRequest>,
  call: Call,
): Promise<ScheduleKeyDeletionResponse> {
  return state.change(async () => {
    const key = findCustomerKey(state, KeyId, call);
    const nowMs = state.clock.now();
    requireKept(key, nowMs);
    if (windowDays < 7 || windowDays > 30) throw validation("PendingWindowInDays must be between 7 and 30.");
    // A primary outlives its replicas: its waiting period begins when the last of them is deleted.
    const waits = hasReplicas(state, key);
    const dueMs = nowMs + windowDays * dayMs;
    const deletion = waits ? { windowDays } : { windowDays, dueMs };
    await state.keys.commit([{ put: { ...key.document, deletion } }]);
    state.sweep.schedule();
    return {
      KeyId: key.arn,
      KeyState: key.state(nowMs),
      PendingWindowInDays: windowDays,
      ...(waits ? {} : { DeletionDate: new Date(dueMs) }),
    };
  });
}

function hasReplicas(state: KmsState, key: Key): boolean {
  return key.document.multiRegion === "PRIMARY" && state.keys.family(key).length > 1;
}
