import { describeExamples } from "./test-examples.ts";

// docs.aws.amazon.com/redshift/latest/dg/json-functions.html
describeExamples(
  "JSON in texts",
  [
    [`select json_extract_path_text('{"f2":{"f3":1},"f4":{"f5":99,"f6":"star"}}','f4', 'f6')`, "star"],
    [
      `select json_extract_path_text('{"f2":{"f3":1},"f4":{"f5":99}','f4', 'f6', true), json_extract_path_text('{"a":1}', 'b'), json_extract_path_text('{"a":{"b":[1, 2]}}', 'a')`,
      'null||{"b":[1,2]}',
    ],
    [`select json_extract_path_text(j, k) from (select '{"a":"x"}' j, 'a' k) t`, "x"],
    [
      "select json_extract_array_element_text('[111,112,113]', 2), json_extract_array_element_text('[1]', 5), json_extract_array_element_text('[1]', -1)",
      "113||",
    ],
    [`select json_extract_array_element_text('["a",["b",1,["c",2,3,null,]]]',1,true)`, "null"],
    [
      `select json_array_length('[11,12,13,{"f1":21,"f2":[25,26]},14]'), json_array_length('[11,12', true)`,
      "5|null",
    ],
    [
      `select is_valid_json('{"a":2}'), is_valid_json('{"a":{"b":{"c":2}}}'), is_valid_json('{a:2}'), is_valid_json(null), is_valid_json_array('[]'), is_valid_json_array('{}')`,
      "t|t|f|null|t|f",
    ],
    [`select can_json_parse('[10001,10002,"abc"]'), can_json_parse('This is a TEST')`, "t|f"],
  ],
  [
    [`select json_extract_path_text('{"a":','a')`, "22023", "JSON parsing error"],
    ["select json_array_length('5')", "22023", "JSON array expected"],
    [
      `select json_extract_path_text('{}')`,
      "42883",
      'function json_extract_path_text("unknown") does not exist',
    ],
  ],
);

// docs.aws.amazon.com/redshift/latest/dg/Array_Functions.html, Object_Functions.html, operators-functions.html
describeExamples(
  "SUPER",
  [
    [
      `select json_parse('[10001, 10002, "abc"]'), json_serialize(json_parse('{"a": [1.50, 12345678901234567890.12]}'))`,
      '[10001,10002,"abc"]|{"a":[1.50,12345678901234567890.12]}',
    ],
    [
      "select array(1,50,null,100), array(1,'abc',true,3.14), array(), object('foo',1,'bar','x'), object()",
      '[1,50,null,100]|[1,"abc",true,3.14]|[]|{"foo":1,"bar":"x"}|{}',
    ],
    [
      "select array_concat(array(10001,10002),array(10003,10004)), array_flatten(array(array(1,2),array(3,4),5))",
      "[10001,10002,10003,10004]|[1,2,3,4,5]",
    ],
    [
      "select get_array_length(array(1,2,3)), get_array_length(json_parse('5')), subarray(array('a','b','c','d','e','f'), 2, 3), subarray(array(1,2,3), -2)",
      '3|null|["c","d","e"]|[2,3]',
    ],
    [
      "select split_to_array('12|345|6789', '|'), split_to_array('a,b'), split_to_array('')",
      '["12","345","6789"]|["a","b"]|[]',
    ],
    [
      "select array_contains(array(1,2), 2), array_contains(array('a'), 'b'), array_position(array(5,6,5), 5), array_positions(array(5,6,5), 5)",
      "t|f|0|[0,2]",
    ],
    [
      "select array_distinct(array(1,2,1)), array_sort(array(3,1,2)), array_union(array(1,2),array(2,3)), array_intersection(array(1,2),array(2,3)), array_except(array(1,2),array(2,3)), arrays_overlap(array(1),array(1,2))",
      "[1,2]|[1,2,3]|[1,2,3]|[2]|[1]|t",
    ],
    [
      `select get_number_attributes(json_parse('{"a":1,"b":2}')), lower_attribute_names(json_parse('{"A":{"B":1}}')), upper_attribute_names(json_parse('{"a":[{"b":1}]}'))`,
      '2|{"a":{"b":1}}|{"A":[{"B":1}]}',
    ],
    [
      `select json_typeof(json_parse('[1]')), json_typeof(json_parse('{}')), json_typeof(json_parse('1')), json_typeof(json_parse('"a"')), json_typeof(json_parse('true')), json_typeof(json_parse('null'))`,
      "array|object|number|string|boolean|null",
    ],
    [
      `select is_array(array()), is_object(object()), is_boolean(json_parse('true')), is_varchar(json_parse('"a"')), is_char(json_parse('1')), is_scalar(json_parse('1')), is_scalar(array(1))`,
      "t|t|t|t|f|t|f",
    ],
    [
      "select is_smallint(json_parse('5')), is_smallint(json_parse('70000')), is_integer(json_parse('70000')), is_bigint(json_parse('5000000000')), is_integer(json_parse('1.5')), is_decimal(json_parse('1.5')), is_float(json_parse('1e2'))",
      "t|f|t|t|f|t|t",
    ],
    [
      "select decimal_precision(json_parse('12.345')), decimal_scale(json_parse('12.345')), json_size(json_parse('[10001,10002,\"abc\"]'))",
      "5|3|19",
    ],
    [
      "select json_parse('2.50') + 1, json_parse('7') / 2, json_parse('7.0') / 2, json_parse('3') * json_parse('1.5'), json_parse('7') % 4, json_parse('\"a\"') + json_parse('\"b\"'), json_parse('\"a\"') + 1",
      '3.50|3|3.5000|4.5|3|"ab"|null',
    ],
    [
      `select json_parse('1') = 1, json_parse('"a"') = 'a', json_parse('1') < 2, json_parse('"a"') < 1, json_parse('1.50') = json_parse('1.5'), json_parse('{"a":1,"b":2}') = json_parse('{"b":2,"a":1}'), json_parse('"1"') = 1`,
      "t|t|t|null|t|t|f",
    ],
    ["select coalesce(json_parse('null'), 1), nvl(json_parse('2'), 1)", "null|2"],
  ],
  [
    ["select json_parse('{')", "22P02", "Invalid JSON text"],
    ["select array(date '2024-01-01')", "42846", "cannot cast type date to super"],
    ["select object('a')", "22023", "object() takes pairs of keys and values"],
    ["select json_parse('1') / json_parse('0')", "22012", "division by zero"],
  ],
);
