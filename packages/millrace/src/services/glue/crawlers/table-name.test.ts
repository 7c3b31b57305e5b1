import { describe, expect, it } from "vitest";
import { distinctTableName, hivePartition, partitionKeyNames, tableName } from "./table-name.ts";

describe("names of tables", () => {
  it("have lower case letters, digits and underscores alone", () => {
    expect(tableName("", "year=2017")).toBe("year_2017");
    expect(tableName("", "Amazon Sale Report.csv")).toBe("amazon_sale_report_csv");
    expect(tableName("prefix1", "My-Bucket")).toBe("prefix1my_bucket");
    expect(tableName("RAW-", "x")).toBe("raw-x");
    expect(tableName("", "東京.json")).toBe("___json");
    expect(tableName("", "")).toBe("table");
    expect(tableName("p_", "x".repeat(1000))).toHaveLength(255);
  });

  it("get a hash of the location when they are taken", () => {
    const name = distinctTableName("cars", "s3://b/cars/");
    expect(name).toMatch(/^cars_[0-9a-f]{32}$/);
    expect(distinctTableName("cars", "s3://b/cars/")).toBe(name);
    expect(distinctTableName("cars", "s3://c/cars/")).not.toBe(name);
    expect(distinctTableName("x".repeat(255), "s3://b/")).toHaveLength(255);
  });
});

describe("names of partitions", () => {
  it("come from folders", () => {
    expect(hivePartition("Year=2017")).toEqual({ key: "year", value: "2017" });
    expect(hivePartition("a=b=c")).toEqual({ key: "a", value: "b=c" });
    expect(hivePartition("a=")).toEqual({ key: "a", value: "" });
    expect(hivePartition("=a")).toBeUndefined();
    expect(hivePartition("2017")).toBeUndefined();
  });

  it("count levels without a name, and are never the same twice", () => {
    expect(partitionKeyNames([undefined, "year", undefined])).toEqual(["partition_0", "year", "partition_2"]);
    expect(partitionKeyNames(["a", "a", "a"])).toEqual(["a", "a_1", "a_2"]);
  });
});
