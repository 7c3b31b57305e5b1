import type {
  GetDataCatalogEncryptionSettingsRequest,
  GetDataCatalogEncryptionSettingsResponse,
} from "@aws-sdk/client-glue";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { ownerOf } from "../catalog-arns.ts";
import { settingsOf } from "../encryption/encryption-document.ts";
import type { GlueState } from "../state.ts";

export function getDataCatalogEncryptionSettings(
  state: GlueState,
  input: Input<GetDataCatalogEncryptionSettingsRequest>,
  call: Call,
): GetDataCatalogEncryptionSettingsResponse {
  const settings = state.connections.passwordEncryption(ownerOf(input, call));
  return { DataCatalogEncryptionSettings: settingsOf(settings) };
}
