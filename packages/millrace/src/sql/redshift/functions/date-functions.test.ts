import { describeExamples } from "./test-examples.ts";

// Inputs and results of AWS's pages of date functions (docs.aws.amazon.com/redshift/latest/dg/Date_functions_header.html).
describeExamples(
  "functions of dates",
  [
    // r_ADD_MONTHS.html
    [
      "select add_months('2008-03-31', 1), add_months('2008-04-30', 1), add_months('2008-04-29', 1)",
      "2008-04-30 00:00:00|2008-05-31 00:00:00|2008-05-29 00:00:00",
    ],
    [
      "select add_months(timestamp '2008-01-31 10:30:00', 1), add_months('2008-03-15', -12)",
      "2008-02-29 10:30:00|2007-03-15 00:00:00",
    ],
    // CONVERT_TIMEZONE.html
    [
      "select convert_timezone('PST', '2008-08-24 09:36:12'), convert_timezone('US/Pacific', '2008-08-24 09:36:12')",
      "2008-08-24 01:36:12|2008-08-24 02:36:12",
    ],
    ["select convert_timezone('EST', 'PST', '20080305 12:25:29')", "2008-03-05 09:25:29"],
    [
      "select convert_timezone('America/New_York', '2013-02-01 08:00:00'), convert_timezone('America/New_York', '2013-06-01 08:00:00')",
      "2013-02-01 03:00:00|2013-06-01 04:00:00",
    ],
    [
      "select convert_timezone('GMT','NEWZONE +2','2014-05-17 12:00:00'), convert_timezone('GMT','America/Los_Angeles+2','2014-05-17 12:00:00'), convert_timezone('GMT','GMT+2','2014-05-17 12:00:00')",
      "2014-05-17 10:00:00|2014-05-17 10:00:00|2014-05-17 10:00:00",
    ],
    [
      "select z, convert_timezone(z, '2008-08-24 09:36:12') from (select 'PST' z union all select 'utc') t order by 1",
      "PST|2008-08-24 01:36:12 ; utc|2008-08-24 09:36:12",
    ],
    [
      "select timezone('EST', timestamp '2001-02-16 20:38:40'), timestamp '2001-02-16 20:38:40' at time zone 'PST'",
      "2001-02-17 01:38:40+00|2001-02-17 04:38:40+00",
    ],
    ["select timestamptz '2001-02-16 20:38:40-05' at time zone 'MST'", "2001-02-16 18:38:40"],
    // r_DATE_CMP.html and the others of its family
    [
      "select date_cmp('2008-01-01', '2008-01-04'), date_cmp_timestamp('2008-06-18', '2008-06-18'), timestamp_cmp_date('2008-01-24 06:43:29', '2008-06-18')",
      "-1|0|-1",
    ],
    [
      "select timestamp_cmp('2008-01-24 06:43:29', '2008-01-24 02:36:48'), timestamptz_cmp('2008-01-24 06:43:29+00', '2008-01-24 05:43:29-01')",
      "1|0",
    ],
    [
      "select interval_cmp('3 days', '1 year'), interval_cmp('7 days', '1 week'), interval_cmp(null, '1 day')",
      "-1|0|null",
    ],
    ["select date_part_year(date '20220502')", "2022"],
    [
      "select '2024-01-31 +00'::date, '2024-01-31 -05:30'::date, 'Jan 31, 2024 UTC'::date",
      "2024-01-31|2024-01-31|2024-01-31",
    ],
    // r_DATEADD_function.html
    [
      "select dateadd(month, 18, '2008-02-28'), dateadd(day, 30, date '2008-11-01'), dateadd(m, 30, timestamp '2000-01-01 00:00:00')",
      "2009-08-28 00:00:00|2008-12-01 00:00:00|2000-01-01 00:30:00",
    ],
    [
      "select dateadd(month, 1, '2008-04-30'), dateadd(qtr, 1, '2024-01-31'), dateadd(week, -1, '2024-01-03'), dateadd(year, 1, '2024-02-29')",
      "2008-05-30 00:00:00|2024-04-30 00:00:00|2023-12-27 00:00:00|2025-02-28 00:00:00",
    ],
    [
      "select dateadd(minute, 5, time '23:58:00'), dateadd(ms, 1500, timestamp '2024-01-01'), dateadd(us, 1, timestamp '2024-01-01')",
      "00:03:00|2024-01-01 00:00:01.5|2024-01-01 00:00:00.000001",
    ],
    ["select dateadd('month', n, d) from (select 1 n, date '2024-01-31' d) t", "2024-02-29 00:00:00"],
    // r_DATEDIFF_function.html
    [
      "select datediff(week, '2009-01-01', '2009-12-31'), datediff(year, '12-31-2008', '01-01-2009'), datediff(hour, '01-01-2009 8:30:00', '01-01-2009 10:00:00')",
      "52|1|2",
    ],
    [
      "select datediff(qtr, '1998-07-01', '2008-07-01'), datediff(day, '2024-01-02', '2024-01-01'), datediff(minute, time '20:00:00', time '21:00:00')",
      "40|-1|60",
    ],
    [
      "select datediff(hour, time '20:00:00', time '15:24:45'), datediff(hour, time '00:00:00.5550', time '15:24:45')",
      "-5|15",
    ],
    [
      "select datediff(month, timestamp '2024-01-31 23:59', timestamp '2024-02-01'), datediff(century, '2000-12-31', '2001-01-01'), datediff(decade, '1999-12-31', '2000-01-01')",
      "1|1|1",
    ],
    [
      "select datediff(week, '2024-01-06', '2024-01-07'), datediff(week, '2024-01-07', '2024-01-13'), datediff(week, '1960-01-02', '1960-01-03')",
      "1|0|1",
    ],
    // r_DATE_PART_function.html, r_Dateparts_for_datetime_functions.html
    [
      "select date_part(minute, timestamp '20230104 04:05:06.789'), date_part(sec, timestamp '2009-09-21 11:10:03.189717'), date_part(dow, date '2008-06-15')",
      "5|3.189717|0",
    ],
    [
      "select date_part(w, timestamp '2008-06-17 09:44:54'), date_part(doy, date '2024-12-31'), date_part(qtr, date '2024-05-01'), date_part(epoch, timestamp '2008-01-01 20:00:00')",
      "25|366|2|1199217600",
    ],
    [
      "select date_part(decade, timestamp '1999-02-16'), date_part(decade, timestamp '2000-02-16'), date_part(decade, timestamp '2010-02-16')",
      "200|201|202",
    ],
    [
      "select date_part(century, timestamp '2000-12-16'), date_part(century, timestamp '2001-12-16'), date_part(mil, timestamp '2000-12-16'), date_part(mil, timestamp '2001-12-16')",
      "20|21|2|3",
    ],
    ["select date_part(hour, time '10:20:30'), date_part(year, interval '3 years 2 months')", "10|3"],
    // r_DATE_TRUNC.html
    [
      "select date_trunc('week', timestamp '2022-04-30 22:35:10'), date_trunc('hour', timestamp '2020-04-30 22:45:33'), date_trunc('quarter', timestamp '2020-08-30')",
      "2022-04-25 00:00:00|2020-04-30 22:00:00|2020-07-01 00:00:00",
    ],
    [
      "select date_trunc('month', date '2024-05-06'), date_trunc('century', timestamp '2004-01-01'), date_trunc('millennium', timestamp '2000-05-05'), date_trunc('decade', timestamp '2019-05-05')",
      "2024-05-01 00:00:00|2001-01-01 00:00:00|1001-01-01 00:00:00|2010-01-01 00:00:00",
    ],
    [
      "select last_day('2004-02-05'), last_day(timestamp '2008-08-24 09:36:12'), next_day('2014-08-20', 'Tuesday'), next_day('2014-08-20', 'we')",
      "2004-02-29|2008-08-31|2014-08-26|2014-08-27",
    ],
    // r_MONTHS_BETWEEN_function.html
    [
      "select months_between('1969-01-18', '1969-03-18'), months_between('2014-09-30', '2014-08-31 10:00')",
      "-2|1",
    ],
    [
      "select round(months_between('2008-12-25 15:00', '2008-01-21 19:30'), 2), round(months_between('2008-12-01 19:30', '2008-01-03 15:00'), 2)",
      "11.12|10.94",
    ],
    [
      "select trunc(timestamp '2011-07-21 10:32:38.248109'), date(timestamp '2011-07-21 10:32:38')",
      "2011-07-21|2011-07-21",
    ],
    [
      "select getdate() >= current_date, sysdate >= getdate(), current_date = trunc(sysdate), now() = current_timestamp, len(timeofday()) > 30",
      "t|t|t|t|t",
    ],
  ],
  [
    ["select dateadd(fortnight, 1, '2024-01-01')", "22023", 'timestamp units "fortnight" not recognized'],
    [
      "select datediff(epoch, '2024-01-01', '2024-01-02')",
      "22023",
      'DATEDIFF does not support the date part "epoch"',
    ],
    ["select next_day('2024-01-01', 'someday')", "22023", "not a valid day of the week"],
    [
      "select convert_timezone('Mars/Olympus', '2024-01-01')",
      "22023",
      'time zone "Mars/Olympus" not recognized',
    ],
    ["select dateadd(day, 1, 5)", "42883", 'function dateadd("unknown", integer, integer) does not exist'],
  ],
);

describeExamples("arithmetic of dates", [
  ["select date '2024-03-01' - '2024-02-28', timestamp '2024-03-01' - '2024-02-28'", "2|2 days"],
  ["select timestamp '2024-03-01' + '1 day 02:00'", "2024-03-02 02:00:00"],
  [
    "select date '2024-01-31' + 1, date '2024-03-01' - 1, date '2024-03-01' - date '2024-01-01', 1 + date '2024-01-31'",
    "2024-02-01|2024-02-29|60|2024-02-01",
  ],
  [
    "select timestamp '2024-01-05 10:00' - timestamp '2024-01-01', date '2024-01-01' + time '10:20', time '10:00' - time '09:30'",
    "4 days 10:00:00|2024-01-01 10:20:00|00:30:00",
  ],
  [
    "select date '2024-01-31' + interval '1 month', timestamp '2024-03-31 10:00' - interval '1 month 1 day', time '23:00' + interval '2 hours'",
    "2024-02-29 00:00:00|2024-02-28 10:00:00|01:00:00",
  ],
  [
    "select interval '1 day' * 3, interval '1 month' / 2, interval '1 hour' + interval '30 minutes', - interval '1 day', 2 * interval '3 hours'",
    "3 days|15 days|01:30:00|-1 day|06:00:00",
  ],
  [
    "select interval '1-2' year to month, interval '3' hour, interval '4 days 2:03:04' day to minute, interval '14' month, interval '2 weeks ago'",
    "1 year 2 months|03:00:00|4 days 02:03:00|1 year 2 months|-14 days",
  ],
  [
    "select date '2024-01-01' < timestamp '2024-01-01 00:00:01', date '2024-01-01' = '2024-01-01', timestamptz '2024-01-01 00:00+01' < timestamp '2024-01-01'",
    "t|t|t",
  ],
]);
