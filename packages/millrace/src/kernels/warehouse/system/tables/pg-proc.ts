import { aclItems, ownerLetters } from "../acl-text.ts";
import { pgCatalogOid, systemOwnerId } from "../system-objects.ts";
import { type SystemRow, type SystemTable, systemTable } from "../system-table.ts";
import type { SystemView } from "../system-view.ts";
import { typeOid } from "../type-oids.ts";

const procColumns = `proname name, pronamespace oid, proowner int4, prolang oid, proisagg bool, prosecdef bool,
  proisstrict bool, proretset bool, provolatile char, pronargs int2, prorettype oid, proargtypes oidvector,
  proargnames text[], prosrc text, probin text, proacl aclitem[]`;

export const pgProc: SystemTable = systemTable(
  "pg_proc",
  `~oid oid, ~proiswindow bool, ${procColumns}`,
  procRows,
);

export const pgProcInfo: SystemTable = systemTable(
  "pg_proc_info",
  `prooid oid, ~proiswindow bool, ${procColumns}, prokind char, proargmodes char[], proallargtypes oid[]`,
  (view) =>
    [...procRows(view)].map((row) => ({
      ...row,
      prooid: row["oid"] ?? null,
      prokind: row["proisagg"] === true ? "a" : "f",
    })),
  { kind: "v" },
);

const internalLanguage = 12;
const sqlLanguage = 14;
/** Built-in functions have no OIDs of their own; they count from here in the order of the function table. */
const builtInOidBase = 20_000;

export function* procRows(view: SystemView): Iterable<SystemRow> {
  let oid = builtInOidBase;
  for (const entry of view.builtInFunctions)
    yield {
      oid: oid++,
      proname: entry.name,
      pronamespace: pgCatalogOid,
      proowner: systemOwnerId,
      prolang: internalLanguage,
      proisagg: entry.kind === "aggregate",
      proiswindow: entry.kind === "window",
      prosecdef: false,
      proisstrict: false,
      proretset: entry.kind === "table",
      provolatile: entry.volatility[0] ?? "v",
      pronargs: entry.parameterTypes.length,
      prorettype: typeOid(entry.returnType),
      proargtypes: entry.parameterTypes.map(typeOid).join(" "),
      proargnames: null,
      prosrc: entry.name,
      probin: "-",
    };
  for (const entry of view.catalog.functions)
    yield {
      oid: entry.oid,
      proname: entry.name,
      pronamespace: entry.schemaOid,
      proowner: entry.ownerId,
      prolang: sqlLanguage,
      proisagg: false,
      proiswindow: false,
      prosecdef: false,
      proisstrict: false,
      proretset: false,
      provolatile: entry.volatility[0] ?? "v",
      pronargs: entry.parameterTypes.length,
      prorettype: typeOid(entry.returnType),
      proargtypes: entry.parameterTypes.map(typeOid).join(" "),
      proargnames: entry.parameterNames.every((name) => name === undefined)
        ? null
        : entry.parameterNames.map((name) => name ?? ""),
      prosrc: entry.body,
      probin: "-",
      proacl: aclItems(entry.grants, entry.ownerId, ownerLetters.function, view.leader),
    };
}

export const pgLanguage: SystemTable = systemTable(
  "pg_language",
  "~oid oid, lanname name, lanispl bool, lanpltrusted bool, lanplcallfoid oid, lanvalidator oid, lanacl aclitem[]",
  () =>
    (
      [
        [internalLanguage, "internal"],
        [13, "c"],
        [sqlLanguage, "sql"],
      ] as const
    ).map(([oid, lanname]) => ({
      oid,
      lanname,
      lanispl: false,
      lanpltrusted: lanname === "sql",
      lanplcallfoid: 0,
      lanvalidator: 0,
    })),
);
