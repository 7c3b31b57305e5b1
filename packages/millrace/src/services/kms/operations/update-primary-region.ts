import type { UpdatePrimaryRegionRequest } from "@aws-sdk/client-kms";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { notFound, unsupported } from "../errors.ts";
import { keyArn } from "../key-arn.ts";
import { findCustomerKey } from "../key-lookup.ts";
import { requireEnabled } from "../key-state.ts";
import type { KmsState } from "../state.ts";

export function updatePrimaryRegion(
  state: KmsState,
  { KeyId, PrimaryRegion: region }: Input<UpdatePrimaryRegionRequest>,
  call: Call,
): Promise<void> {
  return state.change(async () => {
    const key = findCustomerKey(state, KeyId, call);
    if (key.document.multiRegion !== "PRIMARY")
      throw unsupported(`${key.arn} is not a multi-region primary key.`);
    const nowMs = state.clock.now();
    requireEnabled(key, nowMs);
    if (region === key.document.region) return;
    const owner = { account: call.account, region };
    const next = state.keys.get(owner, key.document.id);
    if (next === undefined) throw notFound(`Key '${keyArn(owner, key.document.id)}' does not exist`);
    requireEnabled(next, nowMs);
    // Rotation is the primary's business, so it moves along.
    const { rotation, ...before } = key.document;
    await state.keys.commit([
      { put: { ...before, multiRegion: "REPLICA" } },
      {
        put: {
          ...next.document,
          multiRegion: "PRIMARY",
          ...(rotation === undefined ? {} : { rotation }),
        },
      },
    ]);
  });
}
