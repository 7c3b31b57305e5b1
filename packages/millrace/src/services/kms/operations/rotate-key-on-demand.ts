import type { RotateKeyOnDemandRequest, RotateKeyOnDemandResponse } from "@aws-sdk/client-kms";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { invalidState, limitExceeded } from "../errors.ts";
import { isPresent, type Key } from "../key.ts";
import { findCustomerKey } from "../key-lookup.ts";
import { requireEnabled } from "../key-state.ts";
import { limits } from "../limits.ts";
import { rotate } from "../rotation.ts";
import { requirePrimary, requireRotatable } from "../rotation-check.ts";
import type { KmsState } from "../state.ts";

export function rotateKeyOnDemand(
  state: KmsState,
  { KeyId }: Input<RotateKeyOnDemandRequest>,
  call: Call,
): Promise<RotateKeyOnDemandResponse> {
  return state.change(async () => {
    const key = findCustomerKey(state, KeyId, call);
    const nowMs = state.clock.now();
    requireRotatable(key, false);
    requirePrimary(key);
    requireEnabled(key, nowMs);
    if (key.document.origin === "EXTERNAL") requireWaiting(key, nowMs);
    const done = key.document.materials.filter(({ rotation }) => rotation === "ON_DEMAND").length;
    if (done >= limits.onDemandRotations)
      throw limitExceeded(`${key.arn} was rotated ${done} times on demand, which is the limit.`);
    await rotate(state, key, "ON_DEMAND");
    return { KeyId: key.arn };
  });
}

/** Imported keys rotate to material that was imported for it. */
function requireWaiting(key: Key, nowMs: number): void {
  const waiting = key.document.materials.find(({ currentSinceMs }) => currentSinceMs === undefined);
  if (waiting === undefined || !isPresent(waiting, nowMs))
    throw invalidState(`${key.arn} does not have key material that is pending rotation.`);
}
