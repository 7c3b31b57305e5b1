import { expect, it } from "vitest";
import { codeOf, TestRedshift } from "../test-redshift.ts";

const input = { ClusterIdentifier: "sales" };

it("the static parameters of the group come into force", async () => {
  await using redshift = await TestRedshift.start();
  await redshift.run("CreateClusterParameterGroup", {
    ParameterGroupName: "fast",
    ParameterGroupFamily: "redshift-2.0",
    Description: "d",
  });
  await redshift.create("sales", { ClusterParameterGroupName: "fast" });
  await redshift.run("ModifyClusterParameterGroup", {
    ParameterGroupName: "fast",
    Parameters: [
      { ParameterName: "statement_timeout", ParameterValue: "1000" },
      { ParameterName: "require_ssl", ParameterValue: "false" },
      { ParameterName: "wlm_json_configuration", ParameterValue: "[]" },
    ],
  });
  const [before] = (await redshift.describe()).ClusterParameterGroups ?? [];
  const waiting = before?.ClusterParameterStatusList?.filter(
    ({ ParameterApplyStatus }) => ParameterApplyStatus === "pending-reboot",
  );
  expect(before?.ParameterApplyStatus).toBe("pending-reboot");
  expect(waiting?.map(({ ParameterName }) => ParameterName)).toEqual(["require_ssl", "statement_timeout"]);
  expect(redshift.kernel().settings).toMatchObject({ parameters: {}, requireTls: true });
  const { Cluster } = await redshift.run("RebootCluster", input);
  expect(Cluster).toMatchObject({ ClusterStatus: "rebooting", ClusterAvailabilityStatus: "Unavailable" });
  await redshift.crash();
  await redshift.settle();
  expect(redshift.warehouse.calls.at(-1)).toBe("reboot sales");
  expect(redshift.kernel().settings).toMatchObject({
    parameters: { statement_timeout: "1000" },
    requireTls: false,
  });
  const [after] = (await redshift.describe()).ClusterParameterGroups ?? [];
  expect(after?.ParameterApplyStatus).toBe("in-sync");
  expect(await redshift.eventIds()).toContain("REDSHIFT-EVENT-3000");
});

it("there must be a cluster, and nothing under way with it", async () => {
  await using redshift = await TestRedshift.start();
  expect(await codeOf(redshift.run("RebootCluster", input))).toBe("ClusterNotFoundFault");
  await redshift.create();
  await redshift.run("RebootCluster", input);
  expect(await codeOf(redshift.run("RebootCluster", input))).toBe("InvalidClusterStateFault");
});
