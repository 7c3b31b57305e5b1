import { expect, it } from "vitest";
import { codeOf, TestRedshift } from "../test-redshift.ts";

it("shows the tracks and where they lead", async () => {
  await using redshift = await TestRedshift.start();
  const { MaintenanceTracks } = await redshift.run("DescribeClusterTracks", {});
  expect(MaintenanceTracks).toMatchObject([
    { MaintenanceTrackName: "current", UpdateTargets: [{ MaintenanceTrackName: "trailing" }] },
    { MaintenanceTrackName: "trailing", UpdateTargets: [{ MaintenanceTrackName: "current" }] },
  ]);
  const unknown = redshift.run("DescribeClusterTracks", { MaintenanceTrackName: "none" });
  expect(await codeOf(unknown)).toBe("InvalidClusterTrackFault");
});
