import { describe, expect, it } from "vitest";
import { copyStatement } from "./copy-statement.ts";

const source = { manifest: "s3://lake/manifests/m", roleArn: "arn:aws:iam::1:role/r", isGzip: false };
const from = "FROM 's3://lake/manifests/m' CREDENTIALS 'aws_iam_role=arn:aws:iam::1:role/r' MANIFEST";

describe("the COPY command", () => {
  it.each([
    [{ DataTableName: "t" }, `COPY t ${from};`],
    [{ DataTableName: "s.t", DataTableColumns: "a, b" }, `COPY s.t (a, b) ${from};`],
    [{ DataTableName: "t", CopyOptions: " json 'auto'; " }, `COPY t ${from} json 'auto';`],
    [{ DataTableName: "t", DataTableColumns: "", CopyOptions: "" }, `COPY t ${from};`],
  ])("of %o", (command, statement) => {
    expect(copyStatement(command, source)).toBe(statement);
  });

  it("has the word GZIP once when the objects are compressed", () => {
    const gzip = { ...source, isGzip: true };
    expect(copyStatement({ DataTableName: "t" }, gzip)).toBe(`COPY t ${from} GZIP;`);
    expect(copyStatement({ DataTableName: "t", CopyOptions: "gzip csv" }, gzip)).toBe(
      `COPY t ${from} gzip csv;`,
    );
  });

  it("quotes what could end a text", () => {
    const statement = copyStatement({ DataTableName: "t" }, { ...source, manifest: "s3://lake/it's" });
    expect(statement).toContain("FROM 's3://lake/it''s' CREDENTIALS");
  });
});
