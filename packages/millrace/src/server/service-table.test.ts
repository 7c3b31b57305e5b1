import { describe, expect, it } from "vitest";
import type { Service } from "../gateway/service.ts";
import { ServiceTable } from "./service-table.ts";

/** A service that notes what is done to it. */
function service(id: string, notes: string[]): Service {
  return {
    id,
    operation: () => undefined,
    operationNames: [],
    resourcePolicies: () => [],
    reset: async () => void notes.push(`reset ${id}`),
    close: async () => void notes.push(`close ${id}`),
  };
}

function table(notes: string[], failures = 0): ServiceTable {
  let left = failures;
  const starter = (id: string) => async (): Promise<Service> => {
    notes.push(`start ${id}`);
    if (left-- > 0) throw new Error("the disk is broken");
    return service(id, notes);
  };
  return new ServiceTable(new Map(["s3", "kms"].map((id) => [id, starter(id)])));
}

describe("ServiceTable", () => {
  it("starts a service once, for its first callers together", async () => {
    const notes: string[] = [];
    const services = table(notes);
    expect(services.isRunning("s3")).toBe(false);
    const [first, second] = await Promise.all([services.get("s3"), services.get("s3")]);
    expect(first).toBe(second);
    expect(services.get("s3")).toBe(first);
    expect(services.running("s3")).toBe(first);
    expect(services.running("kms")).toBeUndefined();
    expect(notes).toEqual(["start s3"]);
  });

  it("has no service that it was not given", () => {
    expect(table([]).get("sqs")).toBeUndefined();
  });

  it("tries again after a start that failed", async () => {
    const notes: string[] = [];
    const services = table(notes, 1);
    await expect(services.get("s3")).rejects.toThrow("the disk is broken");
    await expect(services.get("s3")).resolves.toMatchObject({ id: "s3" });
    expect(notes).toEqual(["start s3", "start s3"]);
  });

  it("resets and closes what runs, the last started first, and starts nothing afterwards", async () => {
    const notes: string[] = [];
    const services = table(notes);
    await services.get("s3");
    const starting = services.get("kms");
    await services.reset();
    await starting;
    await services.close();
    expect(notes.slice(1)).toEqual(["start kms", "reset s3", "reset kms", "close kms", "close s3"]);
    await expect(services.get("kms")).rejects.toThrow("stopping");
  });
});
