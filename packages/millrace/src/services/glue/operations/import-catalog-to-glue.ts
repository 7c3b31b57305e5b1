import type { ImportCatalogToGlueRequest, ImportCatalogToGlueResponse } from "@aws-sdk/client-glue";
import type { Input } from "../../../gateway/service.ts";
import type { GlueState } from "../state.ts";

/** There is nothing left to import: see GetCatalogImportStatus. */
export function importCatalogToGlue(
  _state: GlueState,
  _input: Input<ImportCatalogToGlueRequest>,
): ImportCatalogToGlueResponse {
  return {};
}
