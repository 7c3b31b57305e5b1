import type {
  ListKeyRotationsRequest,
  ListKeyRotationsResponse,
  RotationsListEntry,
} from "@aws-sdk/client-kms";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import type { MaterialDocument } from "../document.ts";
import { isPresent, type Key } from "../key.ts";
import { findOwnKey } from "../key-lookup.ts";
import { pageOf } from "../page.ts";
import { requireRotatable } from "../rotation-check.ts";
import type { KmsState } from "../state.ts";

export function listKeyRotations(
  state: KmsState,
  input: Input<ListKeyRotationsRequest>,
  call: Call,
): ListKeyRotationsResponse {
  const key = findOwnKey(state, input.KeyId, call);
  requireRotatable(key, false);
  const { IncludeKeyMaterial = "ROTATIONS_ONLY" } = input;
  const { materials } = key.document;
  const listed = materials
    .map((material, index) => ({ material, name: String(index).padStart(6, "0") }))
    .filter(
      ({ material }) =>
        IncludeKeyMaterial === "ALL_KEY_MATERIAL" ||
        (material.rotation !== undefined && material.currentSinceMs !== undefined),
    );
  const { items, paging } = pageOf(state, call, listed, ({ name }) => name, input, {
    defaultLimit: 100,
    filters: { KeyId: key.arn, IncludeKeyMaterial },
  });
  const nowMs = state.clock.now();
  return { Rotations: items.map(({ material }) => entryOf(key, material, nowMs)), ...paging };
}

function entryOf(key: Key, material: MaterialDocument, nowMs: number): RotationsListEntry {
  const { id, currentSinceMs, rotation, imported } = material;
  const isRotation = rotation !== undefined && currentSinceMs !== undefined;
  return {
    KeyId: key.arn,
    KeyMaterialId: id,
    KeyMaterialState:
      currentSinceMs === undefined
        ? "PENDING_ROTATION"
        : material === key.current
          ? "CURRENT"
          : "NON_CURRENT",
    ...(isRotation ? { RotationDate: new Date(currentSinceMs), RotationType: rotation } : {}),
    ...(imported === undefined ? {} : importOf(material, nowMs)),
  };
}

function importOf(material: MaterialDocument, nowMs: number): Partial<RotationsListEntry> {
  const { validToMs, description } = material.imported ?? {};
  const isHere = isPresent(material, nowMs);
  return {
    ImportState: isHere ? "IMPORTED" : "PENDING_IMPORT",
    ...(description === undefined ? {} : { KeyMaterialDescription: description }),
    ...(isHere
      ? { ExpirationModel: validToMs === undefined ? "KEY_MATERIAL_DOES_NOT_EXPIRE" : "KEY_MATERIAL_EXPIRES" }
      : {}),
    ...(isHere && validToMs !== undefined ? { ValidTo: new Date(validToMs) } : {}),
  };
}
