import { expect, it } from "vitest";
import { csvLine, jsonObject } from "./row-texts.ts";

it("writes CSV so that null and an empty text differ", () => {
  expect(csvLine(["a", null, "", 'say "hi"', "x,y", "two\nlines"])).toBe(
    'a,,"","say ""hi""","x,y","two\nlines"\n',
  );
});

it("writes numbers digit by digit, booleans and SUPER as JSON's own", () => {
  const columns = [
    { name: "big", type: 20 },
    { name: "money", type: 1700 },
    { name: "odd", type: 701 },
    { name: "yes", type: 16 },
    { name: "super", type: 4000 },
    { name: 'na"me', type: 1043 },
    { name: "none", type: 23 },
  ];
  expect(jsonObject(columns, ["9223372036854775807", "1.50", "NaN", "t", '{"a":[1]}', "1", null])).toBe(
    '{"big":9223372036854775807,"money":1.50,"odd":"NaN","yes":true,"super":{"a":[1]},"na\\"me":"1","none":null}',
  );
});
