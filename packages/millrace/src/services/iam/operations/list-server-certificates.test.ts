import { expect, it } from "vitest";
import { TestIam } from "../test-iam.ts";

it("lists none", async () => {
  await using iam = new TestIam();
  expect((await iam.run("ListServerCertificates", {})).ServerCertificateMetadataList).toEqual([]);
});
