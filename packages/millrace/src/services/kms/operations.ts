import type { OperationTable } from "../../gateway/service.ts";
import { cancelKeyDeletion } from "./operations/cancel-key-deletion.ts";
import { createAlias } from "./operations/create-alias.ts";
import { createGrant } from "./operations/create-grant.ts";
import { createKey } from "./operations/create-key.ts";
import { decapsulate } from "./operations/decapsulate.ts";
import { decrypt } from "./operations/decrypt.ts";
import { deleteAlias } from "./operations/delete-alias.ts";
import { deleteImportedKeyMaterial } from "./operations/delete-imported-key-material.ts";
import { deriveSharedSecret } from "./operations/derive-shared-secret.ts";
import { describeKey } from "./operations/describe-key.ts";
import { disableKey } from "./operations/disable-key.ts";
import { disableKeyRotation } from "./operations/disable-key-rotation.ts";
import { enableKey } from "./operations/enable-key.ts";
import { enableKeyRotation } from "./operations/enable-key-rotation.ts";
import { encapsulate } from "./operations/encapsulate.ts";
import { encrypt } from "./operations/encrypt.ts";
import { generateDataKey } from "./operations/generate-data-key.ts";
import { generateDataKeyPair } from "./operations/generate-data-key-pair.ts";
import { generateDataKeyPairWithoutPlaintext } from "./operations/generate-data-key-pair-without-plaintext.ts";
import { generateDataKeyWithoutPlaintext } from "./operations/generate-data-key-without-plaintext.ts";
import { generateMac } from "./operations/generate-mac.ts";
import { generateRandom } from "./operations/generate-random.ts";
import { getKeyPolicy } from "./operations/get-key-policy.ts";
import { getKeyRotationStatus } from "./operations/get-key-rotation-status.ts";
import { getParametersForImport } from "./operations/get-parameters-for-import.ts";
import { getPublicKey } from "./operations/get-public-key.ts";
import { importKeyMaterial } from "./operations/import-key-material.ts";
import { listAliases } from "./operations/list-aliases.ts";
import { listGrants } from "./operations/list-grants.ts";
import { listKeyPolicies } from "./operations/list-key-policies.ts";
import { listKeyRotations } from "./operations/list-key-rotations.ts";
import { listKeys } from "./operations/list-keys.ts";
import { listResourceTags } from "./operations/list-resource-tags.ts";
import { listRetirableGrants } from "./operations/list-retirable-grants.ts";
import { putKeyPolicy } from "./operations/put-key-policy.ts";
import { reEncrypt } from "./operations/re-encrypt.ts";
import { replicateKey } from "./operations/replicate-key.ts";
import { retireGrant } from "./operations/retire-grant.ts";
import { revokeGrant } from "./operations/revoke-grant.ts";
import { rotateKeyOnDemand } from "./operations/rotate-key-on-demand.ts";
import { scheduleKeyDeletion } from "./operations/schedule-key-deletion.ts";
import { sign } from "./operations/sign.ts";
import { tagResource } from "./operations/tag-resource.ts";
import { untagResource } from "./operations/untag-resource.ts";
import { updateAlias } from "./operations/update-alias.ts";
import { updateKeyDescription } from "./operations/update-key-description.ts";
import { updatePrimaryRegion } from "./operations/update-primary-region.ts";
import { verify } from "./operations/verify.ts";
import { verifyMac } from "./operations/verify-mac.ts";
import {
  aliasAndKeys,
  anyKey,
  ciphertextKey,
  noKey,
  plainKey,
  reEncryptKeys,
  retiredGrant,
} from "./permissions.ts";
import type { KmsState } from "./state.ts";

/** What Millrace has of KMS. An operation that is not here answers 501 `NotImplemented`. */
export const operations: OperationTable<KmsState> = {
  // Sorted by name; `npm run new-operation` adds lines here.
  CancelKeyDeletion: { run: cancelKeyDeletion, ...plainKey },
  CreateAlias: { run: createAlias, ...aliasAndKeys },
  CreateGrant: { run: createGrant, ...plainKey },
  // coverage: no custom key stores (501), no SM2
  CreateKey: { run: createKey, ...noKey },
  Decapsulate: { run: decapsulate, ...anyKey },
  // coverage: no attested recipients (501)
  Decrypt: { run: decrypt, ...ciphertextKey },
  DeleteAlias: { run: deleteAlias, ...aliasAndKeys },
  DeleteImportedKeyMaterial: { run: deleteImportedKeyMaterial, ...plainKey },
  // coverage: no attested recipients (501)
  DeriveSharedSecret: { run: deriveSharedSecret, ...anyKey },
  DescribeKey: { run: describeKey, ...anyKey },
  DisableKey: { run: disableKey, ...plainKey },
  DisableKeyRotation: { run: disableKeyRotation, ...plainKey },
  EnableKey: { run: enableKey, ...plainKey },
  EnableKeyRotation: { run: enableKeyRotation, ...plainKey },
  Encapsulate: { run: encapsulate, ...anyKey },
  Encrypt: { run: encrypt, ...anyKey },
  // coverage: no attested recipients (501)
  GenerateDataKey: { run: generateDataKey, ...anyKey },
  // coverage: no SM2, no attested recipients (501)
  GenerateDataKeyPair: { run: generateDataKeyPair, ...anyKey },
  // coverage: no SM2
  GenerateDataKeyPairWithoutPlaintext: { run: generateDataKeyPairWithoutPlaintext, ...anyKey },
  GenerateDataKeyWithoutPlaintext: { run: generateDataKeyWithoutPlaintext, ...anyKey },
  GenerateMac: { run: generateMac, ...anyKey },
  // coverage: no custom key stores, no attested recipients (501)
  GenerateRandom: { run: generateRandom, ...noKey },
  GetKeyPolicy: { run: getKeyPolicy, ...plainKey },
  GetKeyRotationStatus: { run: getKeyRotationStatus, ...plainKey },
  GetParametersForImport: { run: getParametersForImport, ...plainKey },
  GetPublicKey: { run: getPublicKey, ...anyKey },
  // coverage: no second material for multi-Region keys
  ImportKeyMaterial: { run: importKeyMaterial, ...plainKey },
  // coverage: lists no alias of an AWS managed key before the key is first used
  ListAliases: { run: listAliases, ...noKey },
  ListGrants: { run: listGrants, ...plainKey },
  ListKeyPolicies: { run: listKeyPolicies, ...plainKey },
  ListKeyRotations: { run: listKeyRotations, ...plainKey },
  ListKeys: { run: listKeys, ...noKey },
  ListResourceTags: { run: listResourceTags, ...plainKey },
  ListRetirableGrants: { run: listRetirableGrants, ...noKey },
  PutKeyPolicy: { run: putKeyPolicy, ...plainKey },
  // coverage: no DryRunModifiers (501)
  ReEncrypt: { run: reEncrypt, ...reEncryptKeys },
  ReplicateKey: { run: replicateKey, ...plainKey },
  RetireGrant: { run: retireGrant, ...retiredGrant },
  RevokeGrant: { run: revokeGrant, ...plainKey },
  RotateKeyOnDemand: { run: rotateKeyOnDemand, ...plainKey },
  ScheduleKeyDeletion: { run: scheduleKeyDeletion, ...plainKey },
  // coverage: no ED25519_PH_SHA_512, no EXTERNAL_MU
  Sign: { run: sign, ...anyKey },
  TagResource: { run: tagResource, ...plainKey },
  UntagResource: { run: untagResource, ...plainKey },
  UpdateAlias: { run: updateAlias, ...aliasAndKeys },
  UpdateKeyDescription: { run: updateKeyDescription, ...plainKey },
  UpdatePrimaryRegion: { run: updatePrimaryRegion, ...plainKey },
  // coverage: no ED25519_PH_SHA_512, no EXTERNAL_MU
  Verify: { run: verify, ...anyKey },
  VerifyMac: { run: verifyMac, ...anyKey },
};
