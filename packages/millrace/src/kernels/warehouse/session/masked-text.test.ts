import { expect, test } from "vitest";
import { parseScript } from "../../../sql/redshift/parser/redshift-parser.ts";
import { maskedText } from "./masked-text.ts";

test.each([
  ["create user u password 'Se''cret\\'1'  createdb", "create user u password '***'  createdb"],
  ["ALTER USER u PASSWORD/* x */'Secret1'", "ALTER USER u PASSWORD/* x */'***'"],
  ["alter user u password -- the new one\n 'Secret1'", "alter user u password -- the new one\n '***'"],
  ["create user u password disable", "create user u password disable"],
  [
    "copy t from 's3://b/k' credentials as 'aws_access_key_id=A;aws_secret_access_key=B'",
    "copy t from 's3://b/k' credentials as '***'",
  ],
  [
    "copy t from 's3://b/k' access_key_id 'A' secret_access_key 'B' session_token 'C'",
    "copy t from 's3://b/k' access_key_id '***' secret_access_key '***' session_token '***'",
  ],
  ["select 'password ''x'''", "select 'password ''x'''"],
])("%s", (text, expected) => {
  const [statement] = parseScript(text, { caseSensitiveIdentifiers: false });
  if (statement === undefined) throw new Error("no statement");
  expect(maskedText({ ...statement, text })).toBe(expected);
});
