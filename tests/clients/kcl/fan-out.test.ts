import { expect, it } from "vitest";
import { KclApplications } from "./kcl-applications.ts";

it("a KCL 3 application with enhanced fan-out processes every record, through the loss of a worker and a reshard", {
  timeout: 900_000,
}, async () => {
  await using applications = await KclApplications.start();
  await applications.surviveLossAndReshard("fan-out");
  expect(applications.millrace.isRunning).toBe(true);
});
