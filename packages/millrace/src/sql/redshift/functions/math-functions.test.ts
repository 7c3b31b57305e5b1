import { describeExamples } from "./test-examples.ts";

// Inputs and results of AWS's pages of math functions (docs.aws.amazon.com/redshift/latest/dg/Math_functions.html).
describeExamples(
  "functions of numbers",
  [
    ["select abs(-38), abs(14-76), abs(-5.5), abs(-2::float4)", "38|62|5.5|2"],
    [
      "select acos(-1), acos(1), asin(1) * 2, atan(1) * 4, atan2(2, 2) * 4",
      "3.141592653589793|0|3.141592653589793|3.141592653589793|3.141592653589793",
    ],
    ["select cbrt(8), ceil(28.05), ceiling(-28.05), floor(28.05), floor(-1.5), ceil(5)", "2|29|-28|28|-2|5"],
    [
      "select cos(0), cot(1), degrees(pi()), radians(180), sin(0), tan(0)",
      "1|0.6420926159343306|180|3.141592653589793|0|0",
    ],
    ["select exp(0), dexp(0), ln(1), dlog1(1), log(100), dlog10(100)", "1|1|0|0|2|2"],
    ["select mod(10, 4), mod(-10, 3), mod(10.5, 3), mod(15, 8::bigint)", "2|-1|1.5|7"],
    ["select power(2, 10), pow(9, 0.5), power(-2, 3)", "1024|3|-8"],
    ["select random() between 0 and 1", "t"],
    ["select 5 !, !! 3, 0 !", "120|6|1"],
    // r_ROUND.html
    [
      "select round(28.05), round(28.05, 1), round(28.05, -1), round(-1.5), round(15), round(155, -1)",
      "28|28.1|30|-2|15|160",
    ],
    ["select round(99.95, 1), round(0.5), round(28.05::numeric(8,2), 3)", "100.0|1|28.05"],
    ["select round(2.5::float8), round(3.567::float8, 2), trunc(-2.7::float8)", "2|3.57|-2"],
    [
      "select round(x, y), trunc(x, y) from (select 28.056 x, 2 y union all select -155.5, -1) t order by 1",
      "-160.000|-150.000 ; 28.060|28.050",
    ],
    // r_TRUNC.html
    [
      "select trunc(111.15), trunc(111.15, 1), trunc(111.15, -1), trunc(-111.15), trunc(155, -1)",
      "111|111.1|110|-111|150",
    ],
    ["select sign(-0.5), sign(12.5), sign(0), sign(-3::float8)", "-1|1|0|-1"],
    ["select sqrt(16), sqrt(2::numeric(5,2))", "4|1.4142135623730951"],
    ["select to_hex(2147483647), to_hex(-1), to_hex(255::bigint)", "7fffffff|ffffffff|ff"],
  ],
  [
    ["select sqrt(-1)", "2201F", "cannot take square root of a negative number"],
    ["select ln(0)", "2201E", "cannot take logarithm of zero"],
    ["select log(-1)", "2201E", "cannot take logarithm of a negative number"],
    ["select acos(2)", "22003", "input is out of range"],
    ["select power(0, -1)", "2201F", "zero raised to a negative power is undefined"],
    [
      "select power(-2, 0.5)",
      "2201F",
      "a negative number raised to a non-integer power yields a complex result",
    ],
    ["select exp(1000)", "22003", "value out of range: overflow"],
    ["select mod(10, 0)", "22012", "division by zero"],
  ],
);

// docs.aws.amazon.com/redshift/latest/dg/r_OPERATOR_SYMBOLS.html and r_numeric_computations201.html
describeExamples(
  "operators of numbers",
  [
    ["select x / y, x * x from (select 1.5::decimal(38,20) x, 3::decimal(38,20) y) t", "0.5000|2.2500"],
    [
      "select sum(x) / sum(y), avg(x) from (select 10.00::decimal(12,2) x, 3.00::decimal(12,2) y) t",
      "3.3333|10.00",
    ],
    [
      "select max((x * x) / y), avg(x * x) from (select 1000000.50::decimal(12,2) x, 2 y) t",
      "500000500000.125000000000000|1000001000000.2500",
    ],
    ["select avg(x) from (select 1.0::decimal(38,18) x union all select 2) t", "1.500000000000000000"],
    [
      "select 1.50 + '2.25', '7' / 2, 2 * '3', abs('-1.5'), round('2.567', 2), '8' % 3",
      "3.75|3|6|1.5|2.57|2",
    ],
    ["select 5/2, -5/2, 5%3, -5%3, 7::bigint/2, 1::smallint/2::smallint", "2|-2|2|-2|3|0"],
    ["select 1.5+2, 1.50*2.25, 10.0-3, -1.5", "3.5|3.3750|7.0|-1.5"],
    ["select 8.00::decimal(8,2)/3.00::decimal(8,2)", "2.666666666"],
    [
      "select 2::decimal(8,2)/3, 10.0/3, 1::bigint/3.0, -2.0/3",
      "0.6666666666666|3.333333333333|0.3333|-0.666666666666",
    ],
    ["select 1/3::float8, 1::float4/2::float4", "0.3333333333333333|0.5"],
    [
      "select 5 & 3, 5 | 3, 5 # 3, ~5, 1 << 4, 1 << 31, 256 >> 2, 1::smallint << 15",
      "1|7|6|-6|16|-2147483648|64|-32768",
    ],
    ["select 2^10, |/ 25.0, ||/ 27.0, @ -5.0", "1024|5|3|5.0"],
    ["select 1 = 1.0, 2 > 1.5, 1::float4 = 1, 1.50 = '1.5', 3 = '3'", "t|t|t|t|t"],
    ["select x / y from (select 7 x, 2 y) t", "3"],
  ],
  [
    ["select 1/0", "22012", "division by zero"],
    ["select 1.5/0", "22012", "division by zero"],
    ["select 1::float8/0", "22012", "division by zero"],
    ["select x % y from (select 7 x, 0 y) t", "22012", "division by zero"],
    ["select x / y from (select 7.0 x, 0.0 y) t", "22012", "division by zero"],
    ["select 2147483647 + 1", "22003", "Value out of range for 4 bytes."],
    ["select 9223372036854775807 + 1", "22003", "Value out of range for 8 bytes."],
    ["select 32767::smallint * 2::smallint", "22003", "Value out of range for 2 bytes."],
    [
      "select 99999999999999999999999999999999999999 * 10",
      "22003",
      "Numeric data overflow (result precision)",
    ],
    ["select 123456::decimal(5,2)", "22003", "Numeric data overflow (result precision)"],
    ["select 'x' - 1::float8", "22P02", 'invalid input syntax for type double precision: "x"'],
    ["select 1 = 'a'::varchar", "42883", "operator does not exist: integer = character varying"],
    ["select true + 1", "42883", "operator does not exist: boolean + integer"],
  ],
);
