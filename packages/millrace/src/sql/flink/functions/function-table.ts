import type { AggregateFunction } from "./aggregate-function.ts";
import { aggregateAliases, aggregateFunctions } from "./aggregate-functions.ts";
import { functionGroups } from "./function-groups.ts";
import { missingFunctions } from "./missing-functions.ts";
import type { ScalarFunction } from "./scalar-function.ts";

/**
 * All functions of Flink SQL that are there, by their names in bound expressions and relations.
 *
 * Names are lower case, `like` and `LIKE` in the text alike. What has a syntax of its own is bound to a plain
 * call; words of the syntax are CHAR literals in upper case:
 *
 *     a + b, -, *, /, %, - a           `+` `-` `*` `/` `%` `negate`     (+ a is a)
 *     a AND b AND c, OR, NOT           `and` `or` (2 or more), `not`
 *     a = b, <>, <, <=, >, >=          `=` `<>` `<` `<=` `>` `>=`
 *     IS [NOT] NULL | TRUE | FALSE     `is null` `is not null` `is true` `is not true` `is false` `is not false`
 *     IS [NOT] UNKNOWN                 `is null` `is not null` of the BOOLEAN
 *     IS [NOT] DISTINCT FROM           `is distinct from` `is not distinct from`
 *     a IN (b, c, ...)                 `in`(a, b, c, ...); NOT IN: `not` of it
 *     BETWEEN, [A]SYMMETRIC            `and`, `or` of comparisons
 *     LIKE, SIMILAR TO                 `like`(text, pattern[, escape]) `similar to`(text, pattern[, escape])
 *     a || b                           `||`
 *     CASE                             no call: a CaseExpression. `coalesce` `nullif` `if` `ifnull` are calls.
 *     a[i]                             `item`(collection, index or key)
 *     ARRAY[..], MAP[..], ROW(..)      `array` `map` `row`; (a, b) is `row` as well
 *     EXTRACT(DAY FROM t)              `extract`('DAY', t)
 *     FLOOR(t TO DAY), CEIL            `floor`(t, 'DAY') `ceil`(t, 'DAY')
 *     TIMESTAMPADD(DAY, n, t), DIFF    `timestampadd`('DAY', n, t) `timestampdiff`('DAY', t, u)
 *     POSITION(a IN b)                 `position`(a, b)
 *     TRIM(BOTH c FROM s)              `trim`('BOTH', c, s); TRIM(s) is `trim`(s)
 *     OVERLAY(a PLACING b FROM i FOR n) `overlay`(a, b, i[, n])
 *     SUBSTRING(s FROM i FOR n)        `substring`(s, i[, n])
 *     (a, b) OVERLAPS (c, d)           `overlaps`(a, b, c, d)
 *     s IS JSON [ARRAY]                `is json`(s, 'VALUE' | 'SCALAR' | 'ARRAY' | 'OBJECT'); NOT: `not` of it
 *     JSON_EXISTS(j, p FALSE ON ERROR) `json_exists`(j, p, 'TRUE' | 'FALSE' | 'UNKNOWN' | 'ERROR')
 *     JSON_VALUE(j, p RETURNING t DEFAULT x ON EMPTY NULL ON ERROR)
 *                                      `json_value`(j, p, NULL literal of type t, 'NULL' | 'ERROR' | 'DEFAULT',
 *                                      default on empty, same word for errors, default on error); without a
 *                                      RETURNING t is STRING, without a DEFAULT the default is a NULL literal
 *     JSON_QUERY(j, p RETURNING t WITH CONDITIONAL WRAPPER EMPTY ARRAY ON EMPTY ERROR ON ERROR)
 *                                      `json_query`(j, p, NULL literal of type t, 'WITHOUT' | 'CONDITIONAL' |
 *                                      'UNCONDITIONAL', on empty, on error:
 *                                      'NULL' | 'EMPTY ARRAY' | 'EMPTY OBJECT' | 'ERROR')
 *     JSON_OBJECT(KEY k VALUE v, .. NULL ON NULL)
 *                                      `json_object`('NULL' | 'ABSENT', k, v, ...)
 *     JSON_ARRAY(v, .. ABSENT ON NULL) `json_array`('NULL' | 'ABSENT', v, ...)
 *     JSON_OBJECTAGG, JSON_ARRAYAGG    `json_objectagg`(k, v, 'NULL' | 'ABSENT') `json_arrayagg`(v, the same word)
 *     CURRENT_DATE, LOCALTIME, ...     calls without arguments: `current_date` ...
 *     PROCTIME()                       `proctime`; CURRENT_WATERMARK(ts) `current_watermark` are the binder's
 *     f(...) of a temporary function   `udf:f`, found through `javascript/`, not here
 *
 * The names of aggregate functions are those of the docs in lower case. `stddev` is `stddev_samp`, `variance`
 * is `var_samp`: `aggregateFunction` answers the function under the name that relations use. IGNORE NULLS of
 * ARRAY_AGG is a second argument, `IGNORE NULLS`; FIRST_VALUE and LAST_VALUE always ignore them, as in Flink.
 */
export function scalarFunction(name: string): ScalarFunction | undefined {
  return scalars.get(name);
}

export function aggregateFunction(name: string): AggregateFunction | undefined {
  return aggregates.get(aggregateAliases[name] ?? name);
}

/** Why a function of Flink is not there; undefined for one that is, or that Flink does not have either. */
export function missingFunction(name: string): string | undefined {
  return missingFunctions.get(name);
}

/** Lower case, without operators, for proposals in messages. */
export function functionNames(): readonly string[] {
  return [...scalars.keys(), ...aggregates.keys()].filter((name) => /^[a-z][a-z0-9_]*$/.test(name));
}

const scalars: ReadonlyMap<string, ScalarFunction> = new Map(
  functionGroups.flatMap(([, entries]) => entries).map((entry) => [entry.name, entry]),
);

const aggregates: ReadonlyMap<string, AggregateFunction> = new Map(
  aggregateFunctions.map((entry) => [entry.name, entry]),
);
