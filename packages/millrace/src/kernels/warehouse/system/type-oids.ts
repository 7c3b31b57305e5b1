import type { SqlType } from "../../../sql/redshift/types.ts";

/** A row of pg_type, as far as it differs from type to type. */
export interface TypeFact {
  readonly oid: number;
  readonly name: string;
  /** In bytes; -1 for types of varying length. */
  readonly length: number;
  readonly alignment: "c" | "s" | "i" | "d";
  readonly kind: "b" | "p";
  readonly elementOid: number;
  /** What `format_type` prints. */
  readonly text: string;
}

/** `oid name length alignment [text]`: PostgreSQL's numbers, and Redshift's for its own types. */
const baseTypes = `
16 bool 1 c boolean
17 bytea -1 i
18 char 1 c "char"
19 name 128 i
20 int8 8 d bigint
21 int2 2 s smallint
22 int2vector 64 i
23 int4 4 i integer
24 regproc 4 i
25 text -1 i
26 oid 4 i
27 tid 6 s
28 xid 4 i
29 cid 4 i
30 oidvector 128 i
700 float4 4 i real
701 float8 8 d double precision
702 abstime 4 i
705 unknown -2 c
1033 aclitem 12 i
1042 bpchar -1 i character
1043 varchar -1 i character varying
1082 date 4 i
1083 time 8 d time without time zone
1114 timestamp 8 d timestamp without time zone
1184 timestamptz 8 d timestamp with time zone
1186 interval 16 d
1188 intervaly2m 4 i interval year to month
1190 intervald2s 8 d interval day to second
1266 timetz 12 d time with time zone
1700 numeric -1 i
1790 refcursor -1 i
2202 regprocedure 4 i
2205 regclass 4 i
2206 regtype 4 i
2935 hllsketch -1 i
3000 geometry -1 i
3001 geography -1 i
4000 super -1 i
6551 varbyte -1 i binary varying`;

const pseudoTypes = `
2249 record 4 i
2275 cstring -2 c
2276 any 4 i "any"
2277 anyarray -1 d
2278 void 4 i
2279 trigger 4 i "trigger"
2280 language_handler 4 i
2281 internal 4 i
2283 anyelement 4 i`;

/** Array types: their oid and their element's. */
const arrayTypes: readonly (readonly [number, number])[] = Object.freeze([
  [1000, 16],
  [1002, 18],
  [1003, 19],
  [1005, 21],
  [1007, 23],
  [1009, 25],
  [1014, 1042],
  [1015, 1043],
  [1016, 20],
  [1021, 700],
  [1022, 701],
  [1028, 26],
  [1034, 1033],
  [1115, 1114],
  [1182, 1082],
  [1183, 1083],
  [1185, 1184],
  [1187, 1186],
  [1231, 1700],
  [1270, 1266],
]);

function facts(text: string, kind: "b" | "p"): TypeFact[] {
  return text
    .trim()
    .split("\n")
    .map((line) => {
      const [oid, name = "", length, alignment, ...words] = line.split(" ");
      return {
        oid: Number(oid),
        name,
        length: Number(length),
        alignment: alignment as TypeFact["alignment"],
        kind,
        elementOid: 0,
        text: words.length === 0 ? name : words.join(" "),
      };
    });
}

const elementFacts = facts(baseTypes, "b");

/** All types that Redshift has, by rising oid within their kinds. */
export const typeFacts: readonly TypeFact[] = Object.freeze([
  ...elementFacts,
  ...facts(pseudoTypes, "p"),
  ...arrayTypes.flatMap(([oid, elementOid]): TypeFact[] => {
    const element = elementFacts.find((fact) => fact.oid === elementOid);
    if (element === undefined) return [];
    const text = `${element.text}[]`;
    return [{ oid, name: `_${element.name}`, length: -1, alignment: "i", kind: "b", elementOid, text }];
  }),
]);

const oidsByTypeName: ReadonlyMap<string, number> = new Map<string, number>([
  ...typeFacts.map((fact): [string, number] => [fact.name, fact.oid]),
  ["smallint", 21],
  ["integer", 23],
  ["bigint", 20],
  ["real", 700],
  ["double precision", 701],
  ["boolean", 16],
  ["character", 1042],
  ["character varying", 1043],
  ["interval year to month", 1188],
  ["interval day to second", 1190],
]);

/** The oid of a type in pg_type. */
export function typeOid(type: SqlType): number {
  if (type.name !== "array") return oidsByTypeName.get(type.name) ?? 705;
  const elementOid = typeOid(type.element ?? { name: "text" });
  return arrayTypes.find(([, element]) => element === elementOid)?.[0] ?? 2277;
}

const header = 4;

/** `atttypmod`: the length, or precision and scale, with 4 added; -1 for none. */
export function typeModifier(type: SqlType): number {
  if (type.name === "numeric" && type.precision !== undefined) {
    return ((type.precision << 16) | (type.scale ?? 0)) + header;
  }
  return type.length === undefined || type.name === "varbyte" ? (type.length ?? -1) : type.length + header;
}

/** Bytes of a value, -1 where that varies. */
export function typeLength(type: SqlType): number {
  const oid = typeOid(type);
  return typeFacts.find((fact) => fact.oid === oid)?.length ?? -1;
}
