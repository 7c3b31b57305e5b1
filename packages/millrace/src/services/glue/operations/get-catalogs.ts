import type { GetCatalogsRequest, GetCatalogsResponse } from "@aws-sdk/client-glue";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { catalogOf } from "../catalogs/catalog-document.ts";
import { catalogNameOf } from "../catalogs/catalogs.ts";
import { invalidInput } from "../errors.ts";
import { limits } from "../limits.ts";
import { pageOfNames } from "../name-page.ts";
import type { GlueState } from "../state.ts";

/** Named catalogs hold databases and no further catalogs, so that `Recursive` finds nothing more. */
export function getCatalogs(
  state: GlueState,
  input: Input<GetCatalogsRequest>,
  call: Call,
): GetCatalogsResponse {
  const { ParentCatalogId, IncludeRoot = false } = input;
  if (ParentCatalogId !== undefined && IncludeRoot)
    throw invalidInput("IncludeRoot cannot be true when ParentCatalogId is given.");
  const parent = catalogNameOf(ParentCatalogId, call);
  const root = state.catalogs.get(parent);
  const children = parent.name === "" ? state.catalogs.named(parent) : [];
  const found = IncludeRoot ? [root, ...children] : children;
  const { items, NextToken } = pageOfNames(found, ({ name }) => name, input, {
    tokens: state.tokens,
    call,
    filters: { parent: ParentCatalogId, root: IncludeRoot },
    defaultSize: limits.catalogsPerPage,
  });
  return { CatalogList: items.map(catalogOf), NextToken };
}
