import type { GetCatalogRequest, GetCatalogResponse } from "@aws-sdk/client-glue";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { catalogOf } from "../catalogs/catalog-document.ts";
import { catalogNameOf } from "../catalogs/catalogs.ts";
import type { GlueState } from "../state.ts";

export function getCatalog(
  state: GlueState,
  input: Input<GetCatalogRequest>,
  call: Call,
): GetCatalogResponse {
  return { Catalog: catalogOf(state.catalogs.get(catalogNameOf(input.CatalogId, call))) };
}
