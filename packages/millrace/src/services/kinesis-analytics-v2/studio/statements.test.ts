import { expect, it } from "vitest";
import { statementsOf } from "./statements.ts";

const shapes = (text: string): string[] => statementsOf(text).map(({ kind, text: one }) => `${kind}: ${one}`);

it("tells statements apart", () => {
  expect(
    shapes(`
      -- tables; first
      CREATE TABLE a (x INT) WITH ('k' = ';');
      SET 'pipeline.name' = 'x';
      /* then; */ select * from a;;
      SHOW TABLES; (SELECT 1); EXPLAIN INSERT INTO a SELECT 1`),
  ).toEqual([
    "definition: -- tables; first\n      CREATE TABLE a (x INT) WITH ('k' = ';')",
    "definition: SET 'pipeline.name' = 'x'",
    "query: /* then; */ select * from a",
    "query: SHOW TABLES",
    "query: (SELECT 1)",
    "query: EXPLAIN INSERT INTO a SELECT 1",
  ]);
});

it("keeps statement sets together", () => {
  expect(
    shapes("EXECUTE STATEMENT SET BEGIN INSERT INTO a SELECT 1; INSERT INTO b SELECT 2; END; SELECT 1"),
  ).toEqual([
    "job: EXECUTE STATEMENT SET BEGIN INSERT INTO a SELECT 1; INSERT INTO b SELECT 2; END",
    "query: SELECT 1",
  ]);
  expect(shapes("BEGIN STATEMENT SET; INSERT INTO a SELECT 1; END")).toEqual([
    "job: BEGIN STATEMENT SET; INSERT INTO a SELECT 1; END",
  ]);
});

it.each(["", " ;;; ", "-- nothing", "'open", "/* open", '"a" `b', "BEGIN STATEMENT SET; INSERT"])(
  "survives %j",
  (text) => {
    expect(statementsOf(text).length).toBeLessThanOrEqual(1);
  },
);
