import { type SystemTable, systemTable } from "../system-table.ts";

export const pgNamespace: SystemTable = systemTable(
  "pg_namespace",
  "oid oid, nspname name, nspowner int4, nspacl aclitem[]",
  (view) =>
    view.catalog.schemas.map((schema) => ({
      oid: schema.oid,
      nspname: schema.name,
      nspowner: schema.ownerId,
      nspacl: null,
    })),
);
