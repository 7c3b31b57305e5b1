import { macroDatabase, raised } from "./engine-text.ts";

/** Name with parameters, and what it stands for; one name may have several numbers of parameters. */
type MacroText = readonly [name: string, ...forms: (readonly [parameters: string, body: string])[]];

const whole = "regexp_full_match(x, '\\s*[+-]?[0-9]+\\s*')";
const decimal = "regexp_full_match(x, '\\s*[+-]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][+-]?[0-9]+)?\\s*')";
const notValid = (type: string): string =>
  `error('millrace:22P02:invalid input syntax for ' || ${type} || ': "' || x || '"')`;

const castMacros: readonly MacroText[] = [
  [
    "integer_text",
    [
      "x, t",
      `CASE WHEN x IS NULL THEN NULL WHEN ${whole} THEN trim(x) ELSE ${notValid("CASE t WHEN 'oid' THEN 'type oid' ELSE 'integer' END")} END`,
    ],
  ],
  [
    "numeric_text",
    [
      "x",
      `CASE WHEN x IS NULL THEN NULL WHEN ${decimal} THEN trim(x) ELSE ${notValid("'type numeric'")} END`,
    ],
  ],
  [
    "float_text",
    [
      "x, t",
      `CASE WHEN x IS NULL THEN NULL WHEN ${decimal} OR lower(trim(x)) IN ('nan', 'infinity', '-infinity', 'inf', '-inf') THEN trim(x) ELSE ${notValid("'type ' || t")} END`,
    ],
  ],
  [
    "boolean_of_text",
    [
      "x",
      "CASE x WHEN 'true' THEN true WHEN 't' THEN true WHEN 'false' THEN false WHEN 'f' THEN false ELSE millrace_parse_boolean(x) END",
    ],
  ],
  [
    "date_of_text",
    [
      "x",
      "CASE WHEN regexp_full_match(x, '[0-9]{4}-[0-9]{2}-[0-9]{2}') AND TRY_CAST(x AS DATE) IS NOT NULL THEN CAST(x AS DATE) ELSE CAST(millrace_parse_date(x) AS DATE) END",
    ],
  ],
  [
    "timestamp_of_text",
    [
      "x",
      "CASE WHEN regexp_full_match(x, '[0-9]{4}-[0-9]{2}-[0-9]{2}( [0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]{1,6})?)?') AND TRY_CAST(x AS TIMESTAMP) IS NOT NULL THEN CAST(x AS TIMESTAMP) ELSE CAST(millrace_parse_timestamp(x, 'timestamp') AS TIMESTAMP) END",
    ],
  ],
  [
    "timestamptz_of_text",
    [
      "x",
      "CASE WHEN x IS NULL THEN NULL WHEN millrace_timestamp_zone(x) = '' THEN CAST(CAST(millrace_parse_timestamp(x, 'timestamptz') AS TIMESTAMP) AS TIMESTAMPTZ) WHEN left(millrace_timestamp_zone(x), 1) IN ('+', '-') THEN CAST(millrace_parse_timestamp(x, 'timestamptz') || millrace_timestamp_zone(x) AS TIMESTAMPTZ) ELSE timezone(millrace_timestamp_zone(x), CAST(millrace_parse_timestamp(x, 'timestamptz') AS TIMESTAMP)) END",
    ],
  ],
  ["time_text", ["x, t", "millrace_parse_time(x, t)"]],
  ["interval_of_text", ["x, t", "CAST(millrace_parse_interval(x) AS INTERVAL)"]],
  // Cuts between characters: the longest beginning of at most n bytes.
  [
    "cut_text",
    [
      "x, n, t",
      "CASE WHEN x IS NULL THEN NULL WHEN strlen(x) <= n THEN x WHEN strlen(left(x, n)) <= n THEN left(x, n) ELSE left(x, CAST(list_max(list_filter(range(n // 4, n + 1), lambda k: strlen(left(x, k)) <= n)) AS BIGINT)) END",
    ],
  ],
  [
    "fit_text",
    [
      "x, n, t",
      `CASE WHEN x IS NULL THEN NULL WHEN strlen(x) <= n THEN x WHEN strlen(rtrim(x, ' ')) <= n THEN ${"rpad(rtrim(x, ' '), CAST(n - strlen(rtrim(x, ' ')) + length(rtrim(x, ' ')) AS INTEGER), ' ')"} ELSE error('millrace:22001:value too long for type ' || t || '(' || n || ')') END`,
    ],
  ],
];

const numberMacros: readonly MacroText[] = [
  // The engine computes cube roots as powers, which misses whole ones by a hair.
  [
    "cube_root",
    [
      "x",
      "CASE WHEN round(cbrt(x)) * round(cbrt(x)) * round(cbrt(x)) = x THEN round(cbrt(x)) ELSE cbrt(x) END",
    ],
  ],
  ["nonzero", ["x", `CASE WHEN x = 0 THEN ${raised("22012", "division by zero")} ELSE x END`]],
  [
    "square_root",
    [
      "x",
      `CASE WHEN x < 0 THEN ${raised("2201F", "cannot take square root of a negative number")} ELSE sqrt(x) END`,
    ],
  ],
  [
    "logarithm",
    [
      "x",
      `CASE WHEN x = 0 THEN ${raised("2201E", "cannot take logarithm of zero")} WHEN x < 0 THEN ${raised("2201E", "cannot take logarithm of a negative number")} ELSE ln(x) END`,
    ],
  ],
  [
    "logarithm10",
    [
      "x",
      `CASE WHEN x = 0 THEN ${raised("2201E", "cannot take logarithm of zero")} WHEN x < 0 THEN ${raised("2201E", "cannot take logarithm of a negative number")} ELSE log10(x) END`,
    ],
  ],
  [
    "power",
    [
      "x, y",
      `CASE WHEN x = 0 AND y < 0 THEN ${raised("2201F", "zero raised to a negative power is undefined")} WHEN x < 0 AND floor(y) <> y THEN ${raised("2201F", "a negative number raised to a non-integer power yields a complex result")} WHEN isinf(pow(x, y)) AND NOT isinf(x) AND NOT isinf(y) THEN ${raised("22003", "value out of range: overflow")} ELSE pow(x, y) END`,
    ],
  ],
  [
    "arc_cosine",
    ["x", `CASE WHEN x < -1 OR x > 1 THEN ${raised("22003", "input is out of range")} ELSE acos(x) END`],
  ],
  [
    "arc_sine",
    ["x", `CASE WHEN x < -1 OR x > 1 THEN ${raised("22003", "input is out of range")} ELSE asin(x) END`],
  ],
  [
    "exponential",
    [
      "x",
      `CASE WHEN isinf(exp(x)) AND NOT isinf(x) THEN ${raised("22003", "value out of range: overflow")} ELSE exp(x) END`,
    ],
  ],
  // The bits that remain of a shift to the left, as a signed number of the type's width.
  [
    "shift_left",
    [
      "x, n, t",
      "CASE WHEN x IS NULL OR n IS NULL THEN NULL ELSE millrace_shift_left(CAST(x AS BIGINT), CAST(n AS INTEGER), t) END",
    ],
  ],
];

/** No text is longer than this, and none may be made that fills the memory. */
const tooLong = raised("22001", "value too long for type character varying(16000000)");

const textMacros: readonly MacroText[] = [
  [
    "substring_of",
    [
      "x, s, n",
      `CASE WHEN n < 0 THEN ${raised("22011", "negative substring length not allowed")} ELSE substring(x, greatest(s, 1), greatest(CAST(n AS BIGINT) + least(s - 1, 0), 0)) END`,
    ],
  ],
  ...["lpad", "rpad"].map(
    (side): MacroText => [
      `${side}_of`,
      [
        "x, n, f",
        `CASE WHEN n > 16000000 THEN ${tooLong} WHEN n <= 0 THEN '' WHEN f = '' THEN left(x, n) ELSE ${side}(x, n, f) END`,
      ],
    ],
  ),
  [
    "repeat_of",
    ["x, n", `CASE WHEN strlen(x) * CAST(n AS BIGINT) > 16000000 THEN ${tooLong} ELSE repeat(x, n) END`],
  ],
  [
    "octetindex",
    [
      "p, x",
      "CAST(CASE WHEN strpos(x, p) = 0 THEN 0 ELSE strlen(left(x, strpos(x, p) - 1)) + 1 END AS INTEGER)",
    ],
  ],
  [
    "split_part_of",
    [
      "x, d, n",
      `CASE WHEN n < 1 THEN ${raised("22023", "field position must be greater than zero")} ELSE split_part(x, d, n) END`,
    ],
  ],
  ["order_of", ["a, b", "CAST(CASE WHEN a < b THEN -1 WHEN a > b THEN 1 WHEN a = b THEN 0 END AS INTEGER)"]],
  [
    "listagg_limited",
    [
      "x",
      `CASE WHEN strlen(x) > 65535 THEN ${raised("XX000", "Result size exceeds LISTAGG limit")} ELSE x END`,
    ],
  ],
];

/** Days since a Sunday long ago, so that whole weeks are counted alike before and after 1970. */
const sundays = (x: string): string =>
  `(date_diff('day', DATE '1969-12-28', CAST(${x} AS DATE)) + 7000000) // 7`;

const dateMacros: readonly MacroText[] = [
  ["week_difference", ["a, b", `${sundays("b")} - ${sundays("a")}`]],
  [
    "century_start",
    ["x", "make_timestamp(CAST((date_part('century', x) - 1) * 100 + 1 AS BIGINT), 1, 1, 0, 0, 0.0)"],
  ],
  [
    "millennium_start",
    ["x", "make_timestamp(CAST((date_part('millennium', x) - 1) * 1000 + 1 AS BIGINT), 1, 1, 0, 0, 0.0)"],
  ],
  // The last day of a month goes to the last day of another.
  [
    "add_months",
    [
      "x, n",
      "CASE WHEN CAST(x AS DATE) = last_day(x) THEN CAST(last_day(x + to_months(CAST(n AS INTEGER))) AS TIMESTAMP) + (x - date_trunc('day', x)) ELSE x + to_months(CAST(n AS INTEGER)) END",
    ],
  ],
  [
    "months_between",
    [
      "a, b",
      "CAST((year(a) - year(b)) * 12 + month(a) - month(b) AS DOUBLE) + CASE WHEN day(a) = day(b) OR (CAST(a AS DATE) = last_day(a) AND CAST(b AS DATE) = last_day(b)) THEN 0.0 ELSE (day(a) - day(b) + (epoch(a - date_trunc('day', a)) - epoch(b - date_trunc('day', b))) / 86400.0) / 31.0 END",
    ],
  ],
  [
    "next_day",
    [
      "x, d",
      `x + CAST((CASE lower(left(d, 2)) WHEN 'su' THEN 0 WHEN 'mo' THEN 1 WHEN 'm' THEN 1 WHEN 'tu' THEN 2 WHEN 'we' THEN 3 WHEN 'w' THEN 3 WHEN 'th' THEN 4 WHEN 'fr' THEN 5 WHEN 'f' THEN 5 WHEN 'sa' THEN 6 ELSE ${raised("22023", "not a valid day of the week")} END - dayofweek(x) + 6) % 7 + 1 AS INTEGER)`,
    ],
  ],
];

const roundingMacros: readonly MacroText[] = [
  ["round_float", ["x, n", "CASE WHEN n = 0 THEN round_even(x, 0) ELSE round(x, CAST(n AS INTEGER)) END"]],
  ["trunc_float", ["x, n", "CASE WHEN n = 0 THEN trunc(x) ELSE trunc(x * pow(10.0, n)) / pow(10.0, n) END"]],
  ["round_places", ["x, n", "millrace_decimal_places(CAST(x AS VARCHAR), CAST(n AS INTEGER), true)"]],
  ["trunc_places", ["x, n", "millrace_decimal_places(CAST(x AS VARCHAR), CAST(n AS INTEGER), false)"]],
];

const valueMacros: readonly MacroText[] = [
  [
    "time_difference",
    [
      "a, b",
      "to_microseconds((date_part('hour', a) - date_part('hour', b)) * 3600000000 + (date_part('minute', a) - date_part('minute', b)) * 60000000 + date_part('microsecond', a) - date_part('microsecond', b))",
    ],
  ],
  [
    "months_of_interval",
    ["x", "to_months(CAST(date_part('year', x) * 12 + date_part('month', x) AS INTEGER))"],
  ],
  [
    "days_of_interval",
    [
      "x",
      "(x - to_months(CAST(date_part('year', x) * 12 + date_part('month', x) AS INTEGER)) + to_days(CAST((date_part('year', x) * 12 + date_part('month', x)) * 30 AS INTEGER)))",
    ],
  ],
  ["varbyte_cut", ["x, n", "millrace_varbyte_cut(x, CAST(n AS INTEGER))"]],
  ["varbyte_of_integer", ["x, n", "millrace_varbyte_of_integer(CAST(x AS BIGINT), CAST(n AS INTEGER))"]],
  ["integer_of_varbyte", ["x", "millrace_integer_of_varbyte(x)"]],
  ["varbyte_text", ["x", "millrace_varbyte_text(x)"]],
];

const superMacros: readonly MacroText[] = [
  [
    "super_text",
    [
      "x",
      "CASE WHEN starts_with(CAST(x AS VARCHAR), '\"') THEN x ->> '$' WHEN CAST(x AS VARCHAR) = 'null' THEN NULL ELSE CAST(x AS VARCHAR) END",
    ],
  ],
  ["super_scalar", ["x, k", "millrace_super_scalar(CAST(x AS VARCHAR), k, false)"]],
  ["super_scalar_lax", ["x, k", "millrace_super_scalar(CAST(x AS VARCHAR), k, true)"]],
  ...["equal", "unequal", "less", "at_most", "greater", "at_least"].map(
    (name): MacroText => [
      `super_${name}`,
      ["a, b", `millrace_super_${name}(CAST(a AS VARCHAR), CAST(b AS VARCHAR))`],
    ],
  ),
];

function createMacro([name, ...forms]: MacroText): string {
  const bodies = forms.map(([parameters, body]) => `(${parameters}) AS (${body})`);
  return `CREATE OR REPLACE MACRO ${macroDatabase}.main.${name}${bodies.join(", ")}`;
}

/**
 * What an instance of the engine runs once, behind the registration of the functions in JavaScript: our macros lie
 * in a database in memory of their own.
 */
export const engineMacros: readonly string[] = Object.freeze([
  `ATTACH IF NOT EXISTS ':memory:' AS ${macroDatabase}`,
  ...[castMacros, numberMacros, textMacros, dateMacros, roundingMacros, valueMacros, superMacros]
    .flat()
    .map(createMacro),
]);
