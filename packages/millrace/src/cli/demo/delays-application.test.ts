import { describe, expect, it } from "vitest";
import { closedUntil } from "./delays-application.ts";

describe("closedUntil", () => {
  it("goes by the slowest shard, and by how late flights may come", () => {
    expect(closedUntil(["2001-06-30 23:58:00", "2001-07-01 00:00:00"])).toBe("2001-06-30 23:00:00");
    expect(closedUntil(["2001-06-30 23:01:00"])).toBe("2001-06-30 23:00:00");
    expect(closedUntil(["2001-06-30 23:00:59"])).toBe("2001-06-30 22:00:00");
  });

  it("ends the hour with its last millisecond", () => {
    // The watermark is a minute behind: 22:59:59 is not 22:59:59.999.
    expect(closedUntil(["2001-06-30 23:00:59.998"])).toBe("2001-06-30 22:00:00");
    expect(closedUntil(["2001-06-30 23:00:59.999"])).toBe("2001-06-30 23:00:00");
  });

  it("needs flights", () => {
    expect(() => closedUntil([])).toThrow("no flights");
  });
});
