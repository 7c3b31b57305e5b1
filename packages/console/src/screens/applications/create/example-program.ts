import { flinkName, type StreamTable } from "../../query/studio/stream-table.ts";

/** A first program over a stream: counts by time where its records have one, else the records as they are. */
export function exampleProgram(table: StreamTable, stream: string, region: string, target: string): string {
  const { timeColumn } = table;
  const source = flinkName(stream);
  if (timeColumn === undefined) {
    const columns = table.columns.map(({ name, type }) => ({ name: flinkName(name), type }));
    const sink = sinkStatement(columns, target, region);
    const names = columns.map(({ name }) => name).join(", ");
    return [table.statement, sink, `INSERT INTO results\nSELECT ${names}\nFROM ${source};\n`].join("\n");
  }
  const key = table.columns.find(({ type }) => type === "STRING");
  const number = table.columns.find(({ type }) => /^(INT|BIGINT|DOUBLE|FLOAT|DECIMAL)/.test(type));
  const time = table.columns.find(({ name }) => name === timeColumn)?.type ?? "TIMESTAMP(3)";
  const columns = [
    ...(key === undefined ? [] : [{ sql: flinkName(key.name), name: flinkName(key.name), type: "STRING" }]),
    { sql: "COUNT(*)", name: "records", type: "BIGINT" },
    ...(number === undefined
      ? []
      : [{ sql: `MAX(${flinkName(number.name)})`, name: "highest", type: number.type }]),
    { sql: "window_end", name: "window_end", type: time },
  ];
  const groups = [...(key === undefined ? [] : [flinkName(key.name)]), "window_start", "window_end"];
  const query =
    `INSERT INTO results\nSELECT ${columns.map(({ sql }) => sql).join(", ")}\n` +
    `FROM TABLE(TUMBLE(TABLE ${source}, DESCRIPTOR(${flinkName(timeColumn)}), INTERVAL '10' SECOND))\n` +
    `GROUP BY ${groups.join(", ")};\n`;
  return [table.statement, sinkStatement(columns, target, region), query].join("\n");
}

function sinkStatement(
  columns: readonly { readonly name: string; readonly type: string }[],
  target: string,
  region: string,
): string {
  const list = columns.map(({ name, type }) => `${name} ${type}`).join(", ");
  const options =
    target === ""
      ? "'connector' = 'print'"
      : `'connector' = 'kinesis', 'stream' = '${target}', 'aws.region' = '${region}', 'format' = 'json'`;
  return `CREATE TABLE results (${list})\nWITH (${options});\n`;
}

/** A program that needs no stream. */
export const generatedProgram = `CREATE TABLE readings (sensor INT, temperature DOUBLE, ts AS PROCTIME())
WITH ('connector' = 'datagen', 'rows-per-second' = '20', 'fields.sensor.min' = '1', 'fields.sensor.max' = '5',
      'fields.temperature.min' = '-10', 'fields.temperature.max' = '40');

CREATE TABLE averages (sensor INT, readings BIGINT, average DOUBLE, window_end TIMESTAMP(3))
WITH ('connector' = 'print');

INSERT INTO averages
SELECT sensor, COUNT(*), AVG(temperature), window_end
FROM TABLE(TUMBLE(TABLE readings, DESCRIPTOR(ts), INTERVAL '10' SECOND))
GROUP BY sensor, window_start, window_end;
`;
