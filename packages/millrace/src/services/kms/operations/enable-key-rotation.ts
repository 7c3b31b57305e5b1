import type { EnableKeyRotationRequest } from "@aws-sdk/client-kms";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { validation } from "../errors.ts";
import { findCustomerKey } from "../key-lookup.ts";
import { requireEnabled } from "../key-state.ts";
import { dayMs, limits } from "../limits.ts";
import { requirePrimary, requireRotatable } from "../rotation-check.ts";
import type { KmsState } from "../state.ts";

export function enableKeyRotation(
  state: KmsState,
  { KeyId, RotationPeriodInDays: asked }: Input<EnableKeyRotationRequest>,
  call: Call,
): Promise<void> {
  return state.change(async () => {
    const key = findCustomerKey(state, KeyId, call);
    const nowMs = state.clock.now();
    requireRotatable(key, true);
    requirePrimary(key);
    requireEnabled(key, nowMs);
    if (asked !== undefined && (asked < 90 || asked > 2560))
      throw validation("RotationPeriodInDays must be between 90 and 2560.");
    const { rotation: before } = key.document;
    // Enabling what is enabled, with the period that it has, does not put the next rotation off.
    if (before !== undefined && (asked ?? before.periodDays) === before.periodDays) return;
    const periodDays = asked ?? limits.defaultRotationDays;
    const rotation = { periodDays, nextMs: nowMs + periodDays * dayMs };
    await state.keys.commit([{ put: { ...key.document, rotation } }]);
    state.sweep.schedule();
  });
}
