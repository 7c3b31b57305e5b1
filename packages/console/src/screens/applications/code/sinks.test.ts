import { expect, it } from "vitest";
import { sinksOf } from "./sinks.ts";

it("what is inserted into, with where it goes", () => {
  const program = `
-- INSERT INTO nothing SELECT 1;
CREATE TABLE flights (a INT) WITH ('connector' = 'kinesis', 'stream' = 'flights');
CREATE TABLE IF NOT EXISTS \`delays\` (a INT, note STRING COMMENT 'a; b') WITH ('connector' = 'kinesis',
  'stream.arn' = 'arn:aws:kinesis:us-east-1:000000000000:stream/late-flights');
CREATE TEMPORARY TABLE shown (a INT) WITH ('connector'='print');
CREATE TABLE files (a INT) WITH ('connector' = 'filesystem', 'path' = 's3://lake/out/');
EXECUTE STATEMENT SET BEGIN
INSERT INTO delays SELECT a FROM flights; insert into shown select a from flights;
INSERT INTO default_catalog.default_database.files SELECT a FROM flights;
INSERT INTO shown SELECT a FROM flights; INSERT INTO other SELECT 1;
END`;
  expect(sinksOf(program)).toEqual([
    { table: "delays", connector: "kinesis", target: "late-flights" },
    { table: "shown", connector: "print", target: undefined },
    { table: "files", connector: "filesystem", target: "s3://lake/out/" },
    { table: "other", connector: "unknown", target: undefined },
  ]);
});

it("a program that writes nothing has none", () => {
  expect(sinksOf("")).toEqual([]);
  expect(sinksOf("SELECT 'INSERT' FROM t")).toEqual([]);
});
