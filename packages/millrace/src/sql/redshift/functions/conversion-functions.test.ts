import { describeExamples } from "./test-examples.ts";

// docs.aws.amazon.com/redshift/latest/dg/r_TO_CHAR.html, r_TO_DATE_function.html, r_TO_TIMESTAMP.html, r_TO_NUMBER.html
describeExamples(
  "formats of dates",
  [
    [
      "select to_char(timestamp '2009-12-31 23:15:59', 'MONTH-DY-DD-YYYY HH12:MIPM')",
      "DECEMBER -THU-31-2009 11:15PM",
    ],
    [
      "select to_char(timestamp '2009-12-31 23:15:59', 'DDD'), to_char(timestamp '2022-05-16 23:15:59', 'ID'), to_char(date '2009-12-31', 'MONTH')",
      "365|1|DECEMBER ",
    ],
    [
      "select to_char(timestamp '2008-01-25 14:30:00', 'MON-DD-YYYY HH12:MIPM'), to_char(timestamp '2009-12-31 23:15:59', 'HH24:MI:SS')",
      "JAN-25-2008 02:30PM|23:15:59",
    ],
    [
      "select to_char(timestamp '2008-02-18 02:36:48', 'cc'), to_char(timestamp '2008-01-25 14:30:00', 'HH12:MI:SS TZ')",
      "21|02:30:00 UTC",
    ],
    [
      "select to_char(timestamp '2024-03-05 01:02:03.456789', 'FMMonth FMDDth, Q WW IW J D Day Dy MS US AM p.m. SSSS')",
      "March 5th, 1 10 10 2460375 3 Tuesday   Tue 456 456789 AM a.m. 3723",
    ],
    [
      "select to_char(timestamp '2021-01-03 12:00', 'IYYY-IW-ID Y,YYY YYY YY Y RM rm BC \"of\" A.D.')",
      "2020-53-7 2,021 021 21 1 I    i    AD of A.D.",
    ],
    [
      "select to_char(timestamptz '2024-01-01 00:00:00+00', 'YYYY-MM-DD HH24:MI:SS OF'), to_char(null::timestamp, 'YYYY')",
      "2024-01-01 00:00:00 +00|null",
    ],
    [
      "select to_char(d, f) from (select date '2024-01-02' d, 'YYYY/MM' f union all select date '2024-01-02', 'DD.MM.YY') t order by 1",
      "02.01.24 ; 2024/01",
    ],
    [
      "select to_date('02 Oct 2001', 'DD Mon YYYY'), to_date('20010631', 'YYYYMMDD', FALSE), to_date('2024-060', 'YYYY-DDD')",
      "2001-10-02|2001-07-01|2024-02-29",
    ],
    [
      "select to_date('5/3/24', 'MM/DD/YY'), to_date('May 3, 1999', 'Month DD, YYYY'), to_date('99-1-2', 'YY-MM-DD')",
      "2024-05-03|1999-05-03|1999-01-02",
    ],
    [
      "select to_timestamp('2011-12-18 23:38:15', 'YYYY-MM-DD HH24:MI:SS'), to_timestamp('05 Dec 2000 03:04 PM', 'DD Mon YYYY HH:MI AM')",
      "2011-12-18 23:38:15+00|2000-12-05 15:04:00+00",
    ],
    ["select to_timestamp('20240102030405123', 'YYYYMMDDHH24MISSMS')", "2024-01-02 03:04:05.123+00"],
  ],
  [
    [
      "select to_date('20010631', 'YYYYMMDD', TRUE)",
      "22008",
      'date/time field value out of range: "20010631"',
    ],
    ["select to_date('x', 'YYYY')", "22007", 'invalid value "x" for "YYYY"'],
    [
      "select to_date('2024-13-01', 'YYYY-MM-DD')",
      "22008",
      'date/time field value out of range: "2024-13-01"',
    ],
  ],
);

describeExamples(
  "formats of numbers",
  [
    [
      "select to_char(-125.8, '999D99S'), to_char(618.80, 'l99999D99'), to_char(618.80, 'FMrn')",
      "125.80-|$   618.80|dcxix",
    ],
    ["select to_char(618.80, 'rn')", "          dcxix"],
    [
      "select to_char(1234.5, '9,999.99'), to_char(12, '000'), to_char(485, 'FM999'), to_char(-1, '9'), to_char(12345, '999')",
      " 1,234.50| 012|485|-1| ###",
    ],
    [
      "select to_char(0.1, 'FM9.99'), to_char(0.1, '9.99'), to_char(0.1, '0.9'), to_char(-0.1, '99.99'), to_char(0, '9')",
      ".1|  .10| 0.1|  -.10| 0",
    ],
    [
      "select to_char(12, '99PR'), to_char(-12, '99PR'), to_char(12, 'S99'), to_char(-12, 'MI99'), to_char(12, 'SG99'), to_char(12, 'PL99')",
      " 12 |<12>|+12|-12|+12|+ 12",
    ],
    [
      "select to_char(485, '999th'), to_char(1, 'FM9TH'), to_char(12, '99V9'), to_char(1234567, '9G999G999')",
      " 485th|1ST| 120| 1,234,567",
    ],
    [
      "select to_char(1.5::float8, '9.99'), to_char(148.5, '999.999'), to_char(-148.5, 'FM999.990'), to_char(0.5, '990.9')",
      " 1.50| 148.500|-148.500|   0.5",
    ],
    [
      "select to_number('12,454.8-', '99G999D9S'), to_number('12.345', '99D999'), to_number('-34', 'S99')",
      "-12454.8|12.345|-34",
    ],
  ],
  [
    ["select to_number('abc', '999')", "22P02", 'invalid input syntax for type numeric: "abc"'],
    ["select to_char(1.5, '9.9.9')", "42601", "multiple decimal points"],
  ],
);

// docs.aws.amazon.com/redshift/latest/dg/hash-functions.html, varbyte-functions.html
describeExamples(
  "hashes and VARBYTE",
  [
    ["select md5('Amazon Redshift')", "f7415e33f972c03abd4f3fed36748f7a"],
    [
      "select sha1('Amazon Redshift'), sha('x') = func_sha1('x')",
      "eeac5ed1e11cda66032c30ad77b25071b5487f55|t",
    ],
    [
      "select sha2('Amazon Redshift', 256)",
      "15013dc10bc5b293f1f66ea28d818387f191cafeb26f89639fae0b4acf9c8772",
    ],
    [
      "select fnv_hash(1), fnv_hash('Amazon Redshift'), fnv_hash('Amazon Redshift', fnv_hash(1))",
      "-5968735742475085980|7783490368944507294|-2202602717770968555",
    ],
    [
      "select fnv_hash('abcd'), fnv_hash('cd', fnv_hash('ab')), fnv_hash(1::smallint), fnv_hash(1::bigint)",
      "-281581062704388899|-281581062704388899|589727492704079044|-8517097267634966620",
    ],
    [
      "select murmur3_32_hash(''), murmur3_32_hash('hello'), murmur3_32_hash('hello, world', 1)",
      "0|613153351|1868346089",
    ],
    [
      "select from_hex('6162')::varchar, to_hex('abc'::varbyte), to_varbyte('616263', 'hex')::varchar, from_varbyte('abc'::varbyte, 'base64')",
      "ab|616263|abc|YWJj",
    ],
    [
      "select getbit('abc'::varbyte, 0), getbit('abc'::varbyte, 2), len('abc'::varbyte), substring('abcdef'::varbyte, 2, 3)::varchar",
      "1|0|3|bcd",
    ],
    [
      "select concat('a'::varbyte, 'b'::varbyte)::varchar, 258::varbyte, 'abc'::varbyte(2)::varchar, 258::varbyte::int",
      "ab|\\x00\\x00\\x01\\x02|ab|258",
    ],
  ],
  [
    ["select from_hex('6')", "22023", 'invalid hexadecimal text: "6"'],
    ["select to_varbyte('x', 'rot13')", "22023", 'Invalid format "rot13": use base64, hex, utf8.'],
    ["select getbit('a'::varbyte, 8)", "22003", "The bit index 8 is out of range (0..7)."],
  ],
);
