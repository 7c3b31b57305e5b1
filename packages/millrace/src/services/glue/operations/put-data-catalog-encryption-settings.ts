import type {
  PutDataCatalogEncryptionSettingsRequest,
  PutDataCatalogEncryptionSettingsResponse,
} from "@aws-sdk/client-glue";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { ownerOf } from "../catalog-arns.ts";
import { invalidInput, notImplemented } from "../errors.ts";
import type { GlueState } from "../state.ts";

/** What is not said is off afterwards. Connections keep the passwords that they have as they are. */
export async function putDataCatalogEncryptionSettings(
  state: GlueState,
  input: Input<PutDataCatalogEncryptionSettingsRequest>,
  call: Call,
): Promise<PutDataCatalogEncryptionSettingsResponse> {
  const { account, region } = ownerOf(input, call);
  const { EncryptionAtRest, ConnectionPasswordEncryption } = input.DataCatalogEncryptionSettings;
  if ((EncryptionAtRest?.CatalogEncryptionMode ?? "DISABLED") !== "DISABLED")
    throw notImplemented(
      "encryption of the Data Catalog at rest under a key of KMS; passwords of connections can be encrypted",
    );
  const { ReturnConnectionPasswordEncrypted: returnEncrypted = false, AwsKmsKeyId } =
    ConnectionPasswordEncryption ?? {};
  const keyId = AwsKmsKeyId === "" ? undefined : AwsKmsKeyId;
  if (returnEncrypted && keyId === undefined)
    throw invalidInput("AwsKmsKeyId is required when ReturnConnectionPasswordEncrypted is true.");
  const { connections } = state;
  if (keyId !== undefined) await connections.keys.check(keyId, { account, region });
  const passwords = keyId === undefined ? { returnEncrypted } : { returnEncrypted, keyId };
  await connections.settings.change(() => connections.settings.put({ account, region, passwords }));
  return {};
}
