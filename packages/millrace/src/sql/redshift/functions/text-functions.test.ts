import { describeExamples } from "./test-examples.ts";

// Inputs and results of AWS's pages of string functions (docs.aws.amazon.com/redshift/latest/dg/String_functions_header.html).
describeExamples(
  "functions of texts",
  [
    ["select ascii('amazon'), ascii('Amazon'), ascii(''), chr(65)", "97|65|0|A"],
    ["select btrim('     abc     '), btrim('xyzaxyzbxyzcxyz', 'xyz')", "abc|axyzbxyzc"],
    ["select charindex('fish', 'dogfish'), charindex('cat', 'dogfish'), strpos('dogfish', 'fish')", "4|0|4"],
    ["select concat('December 25, ', '2008'), concat('x', null)", "December 25, 2008|null"],
    ["select crc32('Amazon Redshift')", "853472317"],
    [
      "select difference('Amazon', 'Amazon'), difference('Amazon', '+-*/%'), difference('AC/DC', 'Ay See Dee See')",
      "4|0|4",
    ],
    [
      "select initcap('Nibh.Enim@Egestas.ca'), initcap('stage musical')",
      "Nibh.Enim@Egestas.Ca|Stage Musical",
    ],
    ["select left('Chicago', 3), right('Chicago', 3), left('ab', 5)", "Chi|ago|ab"],
    [
      "select len('français'), octet_length('français'), length('cat   '), len(cast('cat' as char(8)))",
      "8|9|6|3",
    ],
    ["select octet_length(cast('cat' as varchar(10)))", "3"],
    ["select lower('CamelCase'), upper('CamelCase')", "camelcase|CAMELCASE"],
    [
      "select lpad('cat', 7), lpad('dog', 6, '0123456789'), rpad('cat', 7) || '.', rpad('cat', 2)",
      "    cat|012dog|cat    .|ca",
    ],
    ["select lpad('a', 0), lpad('a', 3, ''), rpad('a', -1)", "|a|"],
    [
      "select ltrim('2008-01-24 06:43:29', '2008-'), rtrim('abc Chicago', 'Chicago'), ltrim('  a')",
      "1-24 06:43:29|abc |a",
    ],
    ["select octetindex('q', 'AWS Redshift'), octetindex('Redshift', 'Άμαζον Amazon Redshift')", "0|21"],
    ["select position('fish' in 'dogfish'), position('x' in null)", "4|null"],
    [
      "select quote_ident('\"CAT\"'), quote_ident('cat'), quote_literal('it''s')",
      '"""CAT"""|cat|\'it\'\'s\'',
    ],
    [
      "select repeat('ab', 3), replicate('12', 2), replace('Group I', 'Group', 'Class'), reverse('fish')",
      "ababab|1212|Class I|hsif",
    ],
    [
      "select soundex('Amazon'), soundex(''), soundex('Robert'), soundex('Tymczak'), soundex('Pfister')",
      "A525||R163|T522|P236",
    ],
    ["select split_part('abc$def$ghi', '$', 2), split_part('abc$def$ghi', '$', 4)", "def|"],
    [
      "select strtol('0xf', 16), strtol('abcd1234', 16), strtol('1234567', 10), strtol('1234567', 8), strtol('110101', 2)",
      "15|2882343476|1234567|342391|53",
    ],
    [
      "select substring('caterpillar', 6, 4), substring('caterpillar', 6, 8), substring('caterpillar', 0, 4)",
      "pill|pillar|cat",
    ],
    [
      "select substring('caterpillar', -5, 4), substring('abc', 2), substring('Amazon' from 2 for 3)",
      "|bc|maz",
    ],
    ["select substring(12345, 2, 2), len(12345)", "23|5"],
    ["select translate('mint tea', 'inea', 'osin'), translate('abc', 'ab', 'x')", "most tin|xc"],
    [
      "select trim('    dog    '), trim('\"' from '\"dog\"'), trim(leading 'x' from 'xax'), trim(trailing from 'a  ')",
      "dog|dog|ax|a",
    ],
    ["select bpcharcmp('a ', 'a'), bpcharcmp('a', 'b'), bttext_pattern_cmp('b', 'a')", "0|-1|1"],
  ],
  [
    ["select split_part('abc', 'b', 0)", "22023", "field position must be greater than zero"],
    ["select substring('abc', 2, -1)", "22011", "negative substring length not allowed"],
    ["select strtol('12', 2)", "22P02", "The input 12 is not valid to be converted to base 2"],
    ["select strtol('1', 40)", "22023", "The base must be between 2 and 36, not 40."],
    ["select upper('a', 'b')", "42883", 'function upper("unknown", "unknown") does not exist'],
    ["select repeat('abc', 2000000000)", "22001", "value too long for type character varying(16000000)"],
    ["select lpad('abc', 2000000000)", "22001", "value too long for type character varying(16000000)"],
    ["select initcap(true)", "42883", "function initcap(boolean) does not exist"],
  ],
);

// docs.aws.amazon.com/redshift/latest/dg/REGEXP_REPLACE.html, REGEXP_SUBSTR.html, REGEXP_INSTR.html, REGEXP_COUNT.html
describeExamples(
  "regular expressions",
  [
    ["select regexp_replace('a.b@c.edu', '@.*\\\\.(org|gov|com|edu|ca)$')", "a.b"],
    [
      "select regexp_replace('a@b.ca', '@.*\\\\.[[:alpha:]]{2,3}', '@internal.company.com')",
      "a@internal.company.com",
    ],
    ["select regexp_replace('the fox', 'FOX', 'quick brown fox', 1, 'i')", "the quick brown fox"],
    [
      "select regexp_replace('passwd7 plain A1234 a1234', '(?=[^ ]*[a-z])(?=[^ ]*[0-9])[^ ]+', '[hidden]', 1, 'p')",
      "[hidden] plain A1234 [hidden]",
    ],
    [
      "select regexp_replace('passwd7 plain A1234 a1234', '(?=[^ ]*[a-z])(?=[^ ]*[0-9])[^ ]+', '[hidden]', 1, 'ip')",
      "[hidden] plain [hidden] [hidden]",
    ],
    [
      "select regexp_replace('Ann Lee', '([a-z]+) ([a-z]+)', '\\\\2 \\\\1', 1, 'i'), regexp_replace('aaa', 'a', 'b', 2)",
      "Lee Ann|abb",
    ],
    [
      "select regexp_count('abcdefghijklmnopqrstuvwxyz', '[a-z]{3}'), regexp_count('the fox', 'FOX', 1, 'i')",
      "8|1",
    ],
    ["select regexp_count('passwd7 plain A1234 a1234', '(?=[^ ]*[a-z])(?=[^ ]*[0-9])[^ ]+', 1, 'p')", "2"],
    [
      "select regexp_instr('The fox', 'FOX', 1, 1, 0, 'i'), regexp_instr('abcabc', 'b', 3), regexp_instr('abc', 'x')",
      "5|5|0",
    ],
    ["select regexp_instr('a@b.c', '@[^.]*'), regexp_instr('abc', 'b', 1, 1, 1)", "2|3"],
    [
      "select regexp_substr('the fox', 'FOX', 1, 1, 'i'), regexp_substr('a1b22', '[0-9]+', 1, 2), regexp_substr('abc', 'x')",
      "fox|22|",
    ],
    ["select regexp_substr('key=value', '([a-z]+)=', 1, 1, 'e'), regexp_substr('a@b.c', '@[^.]*')", "key|@b"],
    [
      "select p, regexp_substr('x1y2', p) from (select '[0-9]' p union all select '[a-z][0-9]') t order by 1",
      "[0-9]|1 ; [a-z][0-9]|x1",
    ],
    [
      "select 'abc' ~ '^a.*c$', 'abc' ~ 'B', 'abc' ~* 'B', 'abc' !~ 'x', 'abc' !~* 'B', 'abab' ~ '(ab)\\\\1'",
      "t|f|t|t|f|t",
    ],
    [
      "select 'abc' like 'a_c', 'abc' like 'A%', 'abc' ilike 'A%', 'a_c' like 'a\\\\_c', 'axc' like 'a\\\\_c'",
      "t|f|t|t|f",
    ],
    ["select 'a%b' like 'a^%b' escape '^', 'abc' not like '%b%', null like 'a'", "t|f|null"],
    [
      "select 'abc' similar to 'a', 'abc' similar to '%(b|d)%', 'abc' similar to '_b_', 'a+' similar to 'a\\\\+', 'abc' not similar to '(b|c)%'",
      "f|t|t|t|t",
    ],
  ],
  [
    ["select p, 'a' ~ p from (select '(' p) t", "2201B", "Invalid regular expression: missing ): ("],
    [
      "select regexp_count('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab', '^(a+)+$', 1, 'p')",
      "57014",
      "The regular expression takes too long.",
    ],
    ["select 'a' like 'b' escape 'xy'", "22025", "invalid escape string"],
  ],
);
