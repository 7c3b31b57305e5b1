import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ManualClock } from "../core/clock.ts";
import { silentLogger } from "../core/logger.ts";
import { SqlFile } from "../core/sql-file.ts";
import { Catalog, catalogSchema } from "../kernels/catalog/index.ts";
import { CatalogSchemas } from "./schema-tables.ts";

const scope = { catalogId: "000000000000", region: "us-east-1" };
const query = { ...scope, database: "Lake", table: "Flights", versionId: "LATEST" };
const file = new SqlFile({ path: ":memory:", sync: "off", schema: catalogSchema });
const catalog = new Catalog({ file, clock: new ManualClock(), log: silentLogger });
const tables = new CatalogSchemas(() => Promise.resolve(catalog));

const definition = (...names: readonly string[]): object => ({
  StorageDescriptor: { Columns: names.map((Name) => ({ Name, Type: "int" })) },
});

beforeAll(async () => {
  await tables.open();
  const database = await catalog.databases.create(scope, "lake", {});
  await catalog.tables.create(database, "flights", definition("a"), "test");
});
afterAll(async () => {
  await catalog.close();
  file.close();
});

describe("tables that records are converted by", () => {
  it("are found by names in any case", () => {
    expect(tables.columns(query)).toEqual([{ name: "a", type: "int" }]);
  });

  it("are refused with Glue's code when they are not there", () => {
    const missing = { code: "EntityNotFoundException", message: "Table none not found." };
    expect(() => tables.columns({ ...query, table: "none" })).toThrow(expect.objectContaining(missing));
    expect(() => tables.columns({ ...query, database: "none" })).toThrow("Database none not found.");
    expect(() => tables.columns({ ...query, region: "eu-west-1" })).toThrow("Database Lake not found.");
    expect(() => tables.columns({ ...query, versionId: "7" })).toThrow(
      expect.objectContaining({ code: "EntityNotFoundException" }),
    );
  });
});
