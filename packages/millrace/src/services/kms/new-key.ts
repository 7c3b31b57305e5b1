import { randomBytes, randomUUID } from "node:crypto";
import type { KeySpec, KeyUsageType } from "@aws-sdk/client-kms";
import type { Clock } from "../../core/clock.ts";
import type { MasterKey } from "../../core/master-key.ts";
import type { KeyDocument } from "./document.ts";
import { sealPurpose } from "./key.ts";
import type { Owner } from "./key-arn.ts";
import type { SpecFacts } from "./key-spec.ts";
import { generateMaterial } from "./material.ts";
import { newMaterialId } from "./rotation.ts";

/** What is asked of a new key. */
export interface KeyWish extends Pick<KeyDocument, "description" | "policy" | "tags" | "origin" | "manager"> {
  readonly id: string;
  readonly spec: KeySpec;
  readonly facts: SpecFacts;
  readonly usage: KeyUsageType;
  readonly multiRegion: boolean;
}

export function newKeyId(multiRegion: boolean): string {
  return multiRegion ? `mrk-${randomBytes(16).toString("hex")}` : randomUUID();
}

/** The document of a new key, with its secret unless that is to be imported. */
export async function newKeyDocument(
  { clock, master }: { readonly clock: Clock; readonly master: MasterKey },
  { account, region }: Owner,
  { facts, multiRegion, ...wish }: KeyWish,
): Promise<KeyDocument> {
  const createdMs = clock.now();
  const kind = multiRegion ? { multiRegion: "PRIMARY" as const } : {};
  const document = { ...wish, ...kind, account, region, createdMs, enabled: true, materials: [] };
  if (wish.origin === "EXTERNAL") return document;
  const { secret, publicKey } = await generateMaterial(facts);
  const sealed = master.seal(sealPurpose(wish.id), secret).toString("base64");
  return {
    ...document,
    materials: [{ id: newMaterialId(), sealed, currentSinceMs: createdMs }],
    ...(publicKey === undefined ? {} : { publicKey: publicKey.toString("base64") }),
  };
}
