import type { ImportKeyMaterialRequest, ImportKeyMaterialResponse } from "@aws-sdk/client-kms";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import type { KeyDocument, MaterialDocument } from "../document.ts";
import { incorrectKeyMaterial, invalidCiphertext, unsupported, validation } from "../errors.ts";
import { importedMaterialId, requireExternal } from "../import-check.ts";
import { type Key, sealPurpose } from "../key.ts";
import { findCustomerKey } from "../key-lookup.ts";
import { requireKept } from "../key-state.ts";
import { limits } from "../limits.ts";
import { checkImported, type FreshMaterial } from "../material.ts";
import { unwrapMaterial } from "../rsa-encryption.ts";
import type { KmsState } from "../state.ts";

type Request = Input<ImportKeyMaterialRequest>;

export function importKeyMaterial(
  state: KmsState,
  input: Request,
  call: Call,
): Promise<ImportKeyMaterialResponse> {
  return state.change(async () => {
    const key = findCustomerKey(state, input.KeyId, call);
    requireExternal(key);
    requireKept(key, state.clock.now());
    const validToMs = validToOf(input, state.clock.now());
    const fresh = unwrap(state, key, input);
    const id = importedMaterialId(state.master, key.document.id, fresh.secret);
    const known = key.document.materials.find((material) => material.id === id);
    checkKind(key, input, id, known !== undefined);
    const description = input.KeyMaterialDescription ?? known?.imported?.description;
    const imported = {
      ...(validToMs === undefined ? {} : { validToMs }),
      ...(description === undefined ? {} : { description }),
    };
    const sealed = state.master.seal(sealPurpose(key.document.id), fresh.secret).toString("base64");
    const material = { ...known, id, sealed, imported };
    await state.keys.commit([{ put: withMaterial(key.document, material, fresh, state.clock.now()) }]);
    state.sweep.schedule();
    return {
      KeyId: key.arn,
      ...(key.document.spec === "SYMMETRIC_DEFAULT" ? { KeyMaterialId: id } : {}),
    };
  });
}

function validToOf({ ExpirationModel, ValidTo }: Request, nowMs: number): number | undefined {
  if (ExpirationModel === "KEY_MATERIAL_DOES_NOT_EXPIRE") {
    if (ValidTo !== undefined)
      throw validation(
        "A validTo date must not be set if the ExpirationModel is KEY_MATERIAL_DOES_NOT_EXPIRE",
      );
    return undefined;
  }
  if (ValidTo === undefined)
    throw validation("A validTo date must be set if the ExpirationModel is KEY_MATERIAL_EXPIRES");
  const validToMs = ValidTo.getTime();
  if (validToMs <= nowMs || validToMs > nowMs + limits.materialLifeMs)
    throw validation("ValidTo must be in the future, and not more than 365 days from now.");
  return validToMs;
}

function unwrap(state: KmsState, key: Key, input: Request): FreshMaterial {
  const { privateKey, algorithm } = state.importTokens.open(input.ImportToken, key.arn);
  const secret = unwrapMaterial(privateKey, algorithm, input.EncryptedKeyMaterial);
  if (secret === undefined) throw invalidCiphertext();
  const fresh = checkImported(key.facts, secret);
  if (fresh === undefined)
    throw incorrectKeyMaterial(`The key material is not of key spec ${key.document.spec}.`);
  return fresh;
}

/** Whether material that was never here before may come in: the first, or the next of a symmetric key. */
function checkKind(key: Key, input: Request, id: string, isKnown: boolean): void {
  const { materials, spec, multiRegion } = key.document;
  const {
    KeyMaterialId,
    ImportType = materials.length === 0 ? "NEW_KEY_MATERIAL" : "EXISTING_KEY_MATERIAL",
  } = input;
  if (spec !== "SYMMETRIC_DEFAULT" && (input.ImportType !== undefined || KeyMaterialId !== undefined))
    throw unsupported("ImportType and KeyMaterialId are for symmetric encryption keys only.");
  if (ImportType === "NEW_KEY_MATERIAL") {
    if (KeyMaterialId !== undefined)
      throw validation("KeyMaterialId must not be set if the ImportType is NEW_KEY_MATERIAL.");
    if (isKnown) throw incorrectKeyMaterial("The key material is already associated with the KMS key.");
    if (multiRegion !== undefined && materials.length > 0)
      throw unsupported("Millrace does not rotate multi-Region keys with imported key material.");
    if (materials.some(({ currentSinceMs }) => currentSinceMs === undefined))
      throw unsupported(`${key.arn} already has key material that is pending rotation.`);
    return;
  }
  if (!isKnown || (KeyMaterialId !== undefined && KeyMaterialId !== id))
    throw incorrectKeyMaterial("The key material is not the one that is associated with the KMS key.");
}

/** The first material is current at once; a further one waits for a rotation. */
function withMaterial(
  document: KeyDocument,
  material: MaterialDocument,
  { publicKey }: FreshMaterial,
  nowMs: number,
): KeyDocument {
  const { materials } = document;
  const placed = materials.length === 0 ? { ...material, currentSinceMs: nowMs } : material;
  const isKnown = materials.some(({ id }) => id === material.id);
  return {
    ...document,
    materials: isKnown
      ? materials.map((other) => (other.id === material.id ? placed : other))
      : [...materials, placed],
    ...(publicKey === undefined ? {} : { publicKey: publicKey.toString("base64") }),
  };
}
