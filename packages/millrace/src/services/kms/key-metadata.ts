import type { KeyMetadata, MultiRegionConfiguration } from "@aws-sdk/client-kms";
import type { KeyDocument } from "./document.ts";
import { isPresent, type Key } from "./key.ts";
import type { KmsState } from "./state.ts";

/** What DescribeKey says of a key. */
export function keyMetadata(state: KmsState, key: Key): KeyMetadata {
  const { document, arn } = key;
  const nowMs = state.clock.now();
  const keyState = key.state(nowMs);
  return {
    AWSAccountId: document.account,
    KeyId: document.id,
    Arn: arn,
    CreationDate: new Date(document.createdMs),
    Enabled: keyState === "Enabled",
    Description: document.description,
    KeyUsage: document.usage,
    KeyState: keyState,
    Origin: document.origin,
    KeyManager: document.manager,
    CustomerMasterKeySpec: document.spec as NonNullable<KeyMetadata["CustomerMasterKeySpec"]>,
    KeySpec: document.spec,
    MultiRegion: document.multiRegion !== undefined,
    ...algorithms(key),
    ...deletion(document),
    ...expiration(document, nowMs),
    ...(document.multiRegion === undefined ? {} : { MultiRegionConfiguration: regions(state, key) }),
    ...(document.spec === "SYMMETRIC_DEFAULT" && key.current !== undefined
      ? { CurrentKeyMaterialId: key.current.id }
      : {}),
  };
}

/** The algorithms of a key's usage, by the member that lists them. */
export function algorithms({ document, facts }: Key): Partial<KeyMetadata> {
  switch (document.usage) {
    case "ENCRYPT_DECRYPT":
      return { EncryptionAlgorithms: [...facts.encryption] };
    case "SIGN_VERIFY":
      return { SigningAlgorithms: [...facts.signing] };
    case "GENERATE_VERIFY_MAC":
      return { MacAlgorithms: [...facts.mac] };
    case "KEY_AGREEMENT":
      return { KeyAgreementAlgorithms: ["ECDH"] };
    default:
      return { EncapsulationAlgorithms: ["ML_KEM"] };
  }
}

function deletion({ deletion: asked }: KeyDocument): Partial<KeyMetadata> {
  if (asked === undefined) return {};
  if (asked.dueMs === undefined) return { PendingDeletionWindowInDays: asked.windowDays };
  return { DeletionDate: new Date(asked.dueMs) };
}

function expiration({ materials }: KeyDocument, nowMs: number): Partial<KeyMetadata> {
  const imported = materials.filter((material) => material.imported && isPresent(material, nowMs));
  if (imported.length === 0) return {};
  const ends = imported.map((material) => material.imported?.validToMs ?? Infinity);
  const earliest = Math.min(...ends);
  if (earliest === Infinity) return { ExpirationModel: "KEY_MATERIAL_DOES_NOT_EXPIRE" };
  return { ExpirationModel: "KEY_MATERIAL_EXPIRES", ValidTo: new Date(earliest) };
}

function regions(state: KmsState, key: Key): MultiRegionConfiguration {
  const nowMs = state.clock.now();
  const family = state.keys.family(key).filter((member) => !member.isGone(nowMs));
  const named = (member: Key): { Arn: string; Region: string } => ({
    Arn: member.arn,
    Region: member.document.region,
  });
  const primary = family.find(({ document }) => document.multiRegion === "PRIMARY");
  return {
    MultiRegionKeyType: key.document.multiRegion,
    ...(primary === undefined ? {} : { PrimaryKey: named(primary) }),
    ReplicaKeys: family.filter(({ document }) => document.multiRegion === "REPLICA").map(named),
  };
}
