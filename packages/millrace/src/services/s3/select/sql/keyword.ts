import type { SelectErrorCode } from "../select-error.ts";

const reserved: ReadonlySet<string> = new Set(
  (
    "all and any as asc between by case cast desc distinct else end escape except exists false from group " +
    "having in inner intersect into is join left like limit missing not null offset on or order outer right " +
    "select table then true union unpivot values when where with"
  ).split(" "),
);

/** Words of SQL that cannot be names without quotes. */
export function isReserved(word: string): boolean {
  return reserved.has(word);
}

/** What the dialect does not have, and how it says so. */
export const unsupportedWords: ReadonlyMap<string, SelectErrorCode> = new Map<string, SelectErrorCode>(
  Object.entries({
    distinct: "ParseUnsupportedSelect",
    exists: "UnsupportedSqlOperation",
    group: "ParseUnsupportedLiteralsGroupBy",
    having: "UnsupportedSyntax",
    inner: "ParseMalformedJoin",
    intersect: "UnsupportedSqlOperation",
    into: "UnsupportedSqlOperation",
    join: "ParseMalformedJoin",
    left: "ParseMalformedJoin",
    offset: "UnsupportedSyntax",
    on: "ParseMalformedJoin",
    order: "UnsupportedSyntax",
    outer: "ParseMalformedJoin",
    right: "ParseMalformedJoin",
    select: "UnsupportedSqlStructure",
    union: "UnsupportedSqlOperation",
    unpivot: "UnsupportedSqlOperation",
  } as const),
);
