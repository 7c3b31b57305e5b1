import { expect, it } from "vitest";
import { SqlError } from "../../sql/sql-error.ts";
import { positionalSql } from "./named-parameters.ts";

const known = new Set(["id", "Name", "1"]);

it.each([
  ["select * from t where a = :id and b = :Name", "select * from t where a = $1 and b = $2", ["id", "Name"]],
  ["values (:id, :id)", "values ($1, $1)", ["id"]],
  ["select :id::int, a::id", "select $1::int, a::id", ["id"]],
  [
    "select ':id', \":id\", $$:id$$ -- :id\n/* :id */",
    "select ':id', \":id\", $$:id$$ -- :id\n/* :id */",
    [],
  ],
  ["select 'it\\'s :id', :1", "select 'it\\'s :id', $1", ["1"]],
  ["select :name, :unknown, :idx", "select :name, :unknown, :idx", []],
  ["select : id", "select : id", []],
  ["select a from t where b in(:id)and c=:Name;", "select a from t where b in($1)and c=$2;", ["id", "Name"]],
])("%s", (text, sql, names) => {
  expect(positionalSql(text, known)).toEqual({ sql, names });
});

it("a value is never part of the text", () => {
  expect(positionalSql("select :id", new Set(["id; drop table t"]))).toEqual({
    sql: "select :id",
    names: [],
  });
});

it("a literal without an end is a syntax error", () => {
  expect(() => positionalSql("select :id, 'abc", known)).toThrow(SqlError);
});
