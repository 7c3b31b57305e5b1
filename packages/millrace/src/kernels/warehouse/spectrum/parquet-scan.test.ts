import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { TestSpectrum } from "./test-spectrum.ts";

let spectrum: TestSpectrum;

beforeAll(async () => {
  spectrum = await TestSpectrum.start();
});

afterAll(() => spectrum[Symbol.asyncDispose]());

describe("Parquet", () => {
  it("is read by the names of columns, whatever their case; what a file lacks is NULL", async () => {
    await spectrum.parquet("b", "people/1", `select 1::int as "Id", 'anna' as "NAME"`);
    await spectrum.parquet("b", "people/2", `select 'x' as extra, 2::smallint as id`);
    spectrum.objects.put("b", "people/_SUCCESS", "not Parquet");
    spectrum.objects.put("b", "people/.hidden", "not Parquet");
    spectrum.objects.put("b", "people/empty", "");
    spectrum.add("people", {
      columns: "id bigint, name string",
      format: "parquet",
      location: "s3://b/people",
    });
    expect(await spectrum.rows("select * from lake.people order by id")).toEqual([
      ["1", "anna"],
      ["2", null],
    ]);
    expect(await spectrum.rows(`select p.id, "$path", "$size" > 100 from lake.people p order by 1`)).toEqual([
      ["1", "s3://b/people/1", "t"],
      ["2", "s3://b/people/2", "t"],
    ]);
    expect(await spectrum.rows("select count(*) from lake.people")).toEqual([["2"]]);
    expect(await spectrum.rows("select name from lake.people where id > 1")).toEqual([[null]]);
  });

  it("is joined with local tables", async () => {
    await spectrum.rows(
      "create table cities (id int, city varchar(20)); insert into cities values (1, 'Oslo')",
    );
    expect(
      await spectrum.rows("select p.name, c.city from lake.people p join cities c on c.id = p.id"),
    ).toEqual([["anna", "Oslo"]]);
  });
});
