import { randomBytes } from "node:crypto";
import type { RotationType } from "@aws-sdk/client-kms";
import type { Clock } from "../../core/clock.ts";
import type { MasterKey } from "../../core/master-key.ts";
import type { KeyDocument, MaterialDocument } from "./document.ts";
import { type Key, sealPurpose } from "./key.ts";
import type { KeyTable } from "./key-table.ts";
import { dayMs } from "./limits.ts";
import { generateMaterial } from "./material.ts";

/** What a rotation works on. */
export interface RotationParts {
  readonly clock: Clock;
  readonly master: MasterKey;
  readonly keys: KeyTable;
}

/** The primary of a multi-Region key, which decides about rotation; any other key is its own. */
export function primaryOf(state: Pick<RotationParts, "keys">, key: Key): Key {
  if (key.document.multiRegion !== "REPLICA") return key;
  return state.keys.family(key).find(({ document }) => document.multiRegion === "PRIMARY") ?? key;
}

/**
 * Gives a key new material, and its replicas the same. What was encrypted before stays readable: the old
 * material is kept. Runs inside `KmsState.change`.
 */
export async function rotate(state: RotationParts, key: Key, type: RotationType): Promise<MaterialDocument> {
  const nowMs = state.clock.now();
  const waiting = key.document.materials.find(({ currentSinceMs }) => currentSinceMs === undefined);
  const material: MaterialDocument = waiting
    ? { ...waiting, currentSinceMs: nowMs, rotation: type }
    : { ...(await newMaterial(state, key)), currentSinceMs: nowMs, rotation: type };
  const changes = state.keys.family(key).map(({ document }) => ({
    put: rotated(document, material, nowMs),
  }));
  await state.keys.commit(changes);
  return material;
}

async function newMaterial(state: RotationParts, key: Key): Promise<MaterialDocument> {
  const { secret } = await generateMaterial(key.facts);
  const sealed = state.master.seal(sealPurpose(key.document.id), secret).toString("base64");
  return { id: newMaterialId(), sealed };
}

export function newMaterialId(): string {
  return randomBytes(32).toString("hex");
}

function rotated(document: KeyDocument, material: MaterialDocument, nowMs: number): KeyDocument {
  const materials = [...document.materials.filter(({ id }) => id !== material.id), material];
  const { rotation } = document;
  if (rotation === undefined || material.rotation !== "AUTOMATIC") return { ...document, materials };
  const nextMs = nowMs + rotation.periodDays * dayMs;
  return { ...document, materials, rotation: { ...rotation, nextMs } };
}
