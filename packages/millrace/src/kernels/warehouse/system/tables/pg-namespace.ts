import type { ExternalSchema } from "../../catalog/records.ts";
import { aclItems, ownerLetters } from "../acl-text.ts";
import { allSchemas } from "../system-objects.ts";
import { type SystemTable, systemTable } from "../system-table.ts";

export const pgNamespace: SystemTable = systemTable(
  "pg_namespace",
  "~oid oid, nspname name, nspowner int4, nspacl aclitem[]",
  (view) =>
    allSchemas(view).map((schema) => ({
      oid: schema.oid,
      nspname: schema.name,
      nspowner: schema.ownerId,
      nspacl: aclItems(schema.grants, schema.ownerId, ownerLetters.schema, view.leader),
    })),
);

/** Schemas of data catalogs and other databases. */
export const pgExternalSchema: SystemTable = systemTable(
  "pg_external_schema",
  "esoid oid, eskind int4, esdbname text, esoptions text",
  (view) =>
    view.catalog.schemas.flatMap((schema) => {
      const { external } = schema;
      if (external === undefined) return [];
      return [
        {
          esoid: schema.oid,
          eskind: externalSchemaKinds[external.source],
          esdbname: external.database,
          esoptions: JSON.stringify({ IAM_ROLE: external.roleArns.join(","), REGION: external.region }),
        },
      ];
    }),
);

/** `eskind` and SVV_EXTERNAL_SCHEMAS.ESKIND. */
export const externalSchemaKinds: Readonly<Record<ExternalSchema["source"], number>> = Object.freeze({
  "data catalog": 1,
  "hive metastore": 2,
  postgres: 3,
  redshift: 4,
  kinesis: 5,
  msk: 6,
  mysql: 7,
});
