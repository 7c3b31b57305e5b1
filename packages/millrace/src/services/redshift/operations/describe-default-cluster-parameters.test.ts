import { expect, it } from "vitest";
import { codeOf, TestRedshift } from "../test-redshift.ts";

it("the families differ in whether TLS is required", async () => {
  await using redshift = await TestRedshift.start();
  const tls = async (ParameterGroupFamily: string): Promise<unknown> => {
    const answer = await redshift.run("DescribeDefaultClusterParameters", { ParameterGroupFamily });
    const parameters = answer.DefaultClusterParameters?.Parameters ?? [];
    return parameters.find(({ ParameterName }) => ParameterName === "require_ssl")?.ParameterValue;
  };
  expect(await tls("redshift-1.0")).toBe("false");
  expect(await tls("redshift-2.0")).toBe("true");
  expect(await codeOf(tls("redshift-3.0"))).toBe("InvalidParameterValue");
});
