import type {
  DeleteImportedKeyMaterialRequest,
  DeleteImportedKeyMaterialResponse,
} from "@aws-sdk/client-kms";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import type { MaterialDocument } from "../document.ts";
import { notFound, unsupported } from "../errors.ts";
import { requireExternal } from "../import-check.ts";
import { findCustomerKey } from "../key-lookup.ts";
import { requireKept } from "../key-state.ts";
import type { KmsState } from "../state.ts";

export function deleteImportedKeyMaterial(
  state: KmsState,
  { KeyId, KeyMaterialId }: Input<DeleteImportedKeyMaterialRequest>,
  call: Call,
): Promise<DeleteImportedKeyMaterialResponse> {
  return state.change(async () => {
    const key = findCustomerKey(state, KeyId, call);
    requireExternal(key);
    requireKept(key, state.clock.now());
    const { materials, spec } = key.document;
    if (KeyMaterialId !== undefined && spec !== "SYMMETRIC_DEFAULT")
      throw unsupported("KeyMaterialId is for symmetric encryption keys only.");
    const chosen =
      KeyMaterialId === undefined ? key.current : materials.find(({ id }) => id === KeyMaterialId);
    if (chosen === undefined && KeyMaterialId !== undefined)
      throw notFound(`Key material ${KeyMaterialId} is not associated with ${key.arn}.`);
    if (chosen === undefined) return { KeyId: key.arn };
    const left = materials.flatMap((material) => (material === chosen ? emptied(material) : [material]));
    await state.keys.commit([{ put: { ...key.document, materials: left } }]);
    return { KeyId: key.arn, ...(spec === "SYMMETRIC_DEFAULT" ? { KeyMaterialId: chosen.id } : {}) };
  });
}

/** Without its secret. Material that never became current leaves no trace. */
function emptied({ sealed: _, ...rest }: MaterialDocument): MaterialDocument[] {
  return rest.currentSinceMs === undefined ? [] : [rest];
}
