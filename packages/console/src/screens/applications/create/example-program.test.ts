import { expect, it } from "vitest";
import { exampleProgram } from "./example-program.ts";

const columns = [
  { name: "origin", type: "STRING" },
  { name: "delay", type: "INT" },
  { name: "ts", type: "TIMESTAMP(3)" },
];

it("counts in windows where records have a time", () => {
  const program = exampleProgram(
    { statement: "CREATE TABLE flights (...);\n", columns, timeColumn: "ts" },
    "flights",
    "us-east-1",
    "delays",
  );
  expect(program).toBe(`CREATE TABLE flights (...);

CREATE TABLE results (origin STRING, records BIGINT, highest INT, window_end TIMESTAMP(3))
WITH ('connector' = 'kinesis', 'stream' = 'delays', 'aws.region' = 'us-east-1', 'format' = 'json');

INSERT INTO results
SELECT origin, COUNT(*), MAX(delay), window_end
FROM TABLE(TUMBLE(TABLE flights, DESCRIPTOR(ts), INTERVAL '10' SECOND))
GROUP BY origin, window_start, window_end;
`);
});

it("else passes them on, into the log where there is no target", () => {
  const program = exampleProgram(
    { statement: "", columns: columns.slice(0, 2), timeColumn: undefined },
    "a-b",
    "r",
    "",
  );
  expect(program).toContain("CREATE TABLE results (origin STRING, delay INT)\nWITH ('connector' = 'print')");
  expect(program).toContain("SELECT origin, delay\nFROM `a-b`;");
});
