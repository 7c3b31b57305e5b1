import type { ExternalSchema, SchemaRecord } from "../catalog/records.ts";
import type { SystemCluster } from "../system/system-view.ts";
import type { ClusterKey } from "../warehouse-port.ts";
import type { CatalogAccess, CatalogConnection, DataCatalog } from "./data-catalog-port.ts";
import { DataCatalogError } from "./data-catalog-port.ts";
import { asked } from "./external-errors.ts";

type Facts = Pick<SystemCluster, "account" | "region" | "identifier">;

export function clusterKeyOf({ account, region, identifier }: Facts): ClusterKey {
  return { account, region, identifier };
}

/** Whose catalog stands behind an external schema, and in whose name it is asked. */
function catalogAccess(external: ExternalSchema, facts: Facts): CatalogAccess {
  const { catalogRoleArn, roleArns, region } = external;
  return {
    cluster: clusterKeyOf(facts),
    roleArns: catalogRoleArn === undefined ? roleArns : catalogRoleArn.split(","),
    region: region ?? facts.region,
    catalogId: external.catalogId,
  };
}

/** An external schema whose tables are in the data catalog. */
export interface ExternalSchemaRecord extends SchemaRecord {
  readonly external: ExternalSchema;
}

export function isExternal(schema: SchemaRecord | undefined): schema is ExternalSchemaRecord {
  return schema?.external !== undefined;
}

/** The catalog behind a schema. @throws SqlError what the catalog refused */
export function connectCatalog(
  external: ExternalSchema,
  host: { readonly dataCatalog: DataCatalog | undefined; readonly facts: Facts },
): Promise<CatalogConnection> {
  return asked(() => {
    if (host.dataCatalog === undefined)
      throw new DataCatalogError("EntityNotFoundException", "There is no data catalog.");
    return host.dataCatalog.connect(catalogAccess(external, host.facts));
  });
}
