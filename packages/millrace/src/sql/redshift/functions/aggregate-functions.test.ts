import { describeExamples } from "./test-examples.ts";

const numbers =
  "(select 1 x, 'a' s union all select 2, 'b' union all select 4, 'a' union all select null, '') t";
const three = "(select 1 x union all select 2 union all select 3) t";

// docs.aws.amazon.com/redshift/latest/dg/c_Aggregate_Functions.html: types and rules of each function's page
describeExamples(
  "aggregates",
  [
    [
      `select count(*), count(x), count(distinct s), sum(x), avg(x), min(x), max(x) from ${numbers}`,
      "4|3|3|7|2|1|4",
    ],
    [
      `select sum(x::smallint), sum(x::bigint), avg(x::smallint), sum(x::float4), avg(x::float8) from ${numbers}`,
      "7|7|2|7|2.3333333333333335",
    ],
    ["select sum(x), avg(x), median(x) from (select 1.25 x union all select 2.10) t", "3.35|1.67|1.67"],
    ["select avg(x), sum(x) from (select -1.25::decimal(5,2) x union all select -2.10) t", "-1.67|-3.35"],
    [`select sum(x), avg(x), min(s), listagg(s) from ${numbers} where false`, "null|null|null|null"],
    [
      `select stddev(x), stddev_samp(x) = stddev(x), variance(x), round(stddev_pop(x), 4), var_samp(x) = variance(x), round(var_pop(x), 4) from ${numbers}`,
      "1.5275252316519468|t|2.3333333333333335|1.2472|t|1.5556",
    ],
    [
      `select median(x), percentile_cont(0.5) within group (order by x), percentile_cont(0.25) within group (order by x desc), percentile_disc(0.25) within group (order by x desc) from ${numbers}`,
      "2.0|2.0|3.0|4",
    ],
    [
      `select percentile_disc(0.5) within group (order by s), approximate percentile_disc(0.5) within group (order by x) from ${numbers}`,
      "a|2",
    ],
    [
      "select median(d), percentile_cont(0.25) within group (order by d) from (select date '2024-01-01' d union all select date '2024-01-09') t",
      "2024-01-05|2024-01-03",
    ],
    [
      `select listagg(s, ',') within group (order by x desc), listagg(distinct s, '|') within group (order by s), listagg(s) within group (order by s), listagg(x, '-') within group (order by x) from ${numbers}`,
      "a,b,a|a|b|aab|1-2-4",
    ],
    [
      `select bool_and(x > 0), bool_or(x > 3), bit_and(x), bit_or(x), any_value(5), hll(x), approximate count(distinct x) from ${numbers}`,
      "t|t|0|7|5|3|3",
    ],
    [`select s, sum(x) from ${numbers} group by s order by s`, "|null ; a|5 ; b|2"],
    [
      "select max(d), min(d) from (select timestamp '2024-01-01' d union all select timestamp '2024-01-09') t",
      "2024-01-09 00:00:00|2024-01-01 00:00:00",
    ],
  ],
  [
    [
      "select listagg(repeat('x', 40000), ',') from (select 1 x union all select 2) t",
      "XX000",
      "Result size exceeds LISTAGG limit",
    ],
    [
      "select percentile_cont(1.5) within group (order by x) from (select 1 x) t",
      "22003",
      "percentile value 1.5 is not between 0 and 1",
    ],
    [
      "select percentile_cont(0.5) from (select 1 x) t",
      "42601",
      "percentile_cont requires WITHIN GROUP (ORDER BY ...)",
    ],
    [
      "select sum(x) from (select 9223372036854775807 x union all select 1) t",
      "22003",
      "Value out of range for 8 bytes.",
    ],
    ["select sum(x) from (select true x) t", "42883", "function sum(boolean) does not exist"],
    [
      "select hll_create_sketch(1)",
      "0A000",
      "function hll_create_sketch is not supported: HLLSKETCH values are not supported; HLL(x) and APPROXIMATE COUNT(DISTINCT x) are.",
    ],
  ],
);

// docs.aws.amazon.com/redshift/latest/dg/c_Window_functions.html
describeExamples(
  "window functions",
  [
    [
      `select x, row_number() over (order by x desc), rank() over (order by x), dense_rank() over (order by x), ntile(2) over (order by x) from ${three} order by 1`,
      "1|3|1|1|1 ; 2|2|2|2|1 ; 3|1|3|3|2",
    ],
    [
      `select x, lag(x) over (order by x), lead(x, 2) over (order by x), first_value(x) over (order by x rows unbounded preceding), nth_value(x, 2) over (order by x rows between unbounded preceding and unbounded following) from ${three} order by 1`,
      "1|null|3|1|2 ; 2|1|null|1|2 ; 3|2|null|1|2",
    ],
    [
      `select x, cume_dist() over (order by x), percent_rank() over (order by x), ratio_to_report(x) over () from ${three} order by 1`,
      "1|0.3333333333333333|0|0.16666666666666666 ; 2|0.6666666666666666|0.5|0.3333333333333333 ; 3|1|1|0.5",
    ],
    [
      `select x, sum(x) over (order by x rows unbounded preceding), avg(x) over (), count(*) over (), min(x) over (), stddev_samp(x) over () from ${three} order by 1`,
      "1|1|2|3|1|1 ; 2|3|2|3|1|1 ; 3|6|2|3|1|1",
    ],
    [
      `select x, listagg(x, ',') within group (order by x desc) over (partition by 1), percentile_cont(0.5) within group (order by x) over (partition by 1), median(x) over (partition by 1) from ${three} order by 1`,
      "1|3,2,1|2.0|2.0 ; 2|3,2,1|2.0|2.0 ; 3|3,2,1|2.0|2.0",
    ],
    [
      "select y, last_value(x ignore nulls) over (order by y rows between unbounded preceding and unbounded following), lag(x) ignore nulls over (order by y) from (select 1 y, 5 x union all select 2, null union all select 3, null) t order by 1",
      "1|5|null ; 2|5|5 ; 3|5|5",
    ],
  ],
  [
    [`select rank() from ${three}`, "42P20", "window function rank requires an OVER clause"],
    [
      `select upper('a') over () from ${three}`,
      "42809",
      "OVER specified, but upper is not a window function nor an aggregate function",
    ],
  ],
);

// docs.aws.amazon.com/redshift/latest/dg/c_conditional_expressions.html
describeExamples("conditions", [
  [
    "select decode(2, 1, 'a', 2, 'b', 'c'), decode(5, 1, 'a'), decode(null, null, 'n', 'x'), decode('a ', 'a', 1, 0), decode(1, 2, 3, 4)",
    "b|null|n|1|4",
  ],
  [
    "select nvl(null, 5), nvl(null, 12.5, 0), coalesce(null, 'a'), nvl2(null, 1, 2), nvl2(3, 'x', 'y')",
    "5|12.5|a|2|x",
  ],
  ["select nullif(1, 1), nullif('first', 'second'), nullif('a', 'a ')", "null|first|null"],
  [
    "select greatest(1, null, 3), least(1.5, 2), greatest(null::int, null), least('b', 'a'), greatest(date '2024-01-01', date '2023-01-01')",
    "3|1.5|null|a|2024-01-01",
  ],
]);
