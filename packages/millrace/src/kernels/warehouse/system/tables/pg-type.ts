import { pgCatalogOid, systemOwnerId } from "../system-objects.ts";
import { type SystemTable, systemTable } from "../system-table.ts";
import { typeFacts } from "../type-oids.ts";

export const pgType: SystemTable = systemTable(
  "pg_type",
  `~oid oid, ~typcollation oid, ~typarray oid, typname name, typnamespace oid, typowner int4, typlen int2, typbyval bool, typtype char,
   typisdefined bool, typdelim char, typrelid oid, typelem oid, typinput regproc, typoutput regproc,
   typreceive regproc, typsend regproc, typanalyze regproc, typalign char, typstorage char, typnotnull bool,
   typbasetype oid, typtypmod int4, typndims int4, typdefaultbin text, typdefault text`,
  () =>
    typeFacts.map((type) => ({
      oid: type.oid,
      typname: type.name,
      typnamespace: pgCatalogOid,
      typowner: systemOwnerId,
      typlen: type.length,
      typbyval: type.length > 0 && type.length <= 8,
      typtype: type.kind,
      typisdefined: true,
      typdelim: ",",
      typrelid: 0,
      typelem: type.elementOid,
      typinput: type.elementOid === 0 ? `${type.name}in` : "array_in",
      typoutput: type.elementOid === 0 ? `${type.name}out` : "array_out",
      typreceive: "-",
      typsend: "-",
      typanalyze: "-",
      typalign: type.alignment,
      typstorage: type.length < 0 ? "x" : "p",
      typnotnull: false,
      typbasetype: 0,
      typtypmod: -1,
      typndims: 0,
      typcollation: 0,
      typarray: typeFacts.find((array) => array.elementOid === type.oid)?.oid ?? 0,
    })),
);
