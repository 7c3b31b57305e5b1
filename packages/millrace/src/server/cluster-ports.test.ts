import { describe, expect, it } from "vitest";
import { parseClusterPorts } from "./cluster-ports.ts";

describe("parseClusterPorts", () => {
  it("reads clusters and their ports, in lower case", () => {
    expect(parseClusterPorts("Sales=5440, hr=5441")).toEqual([
      { identifier: "sales", port: 5_440 },
      { identifier: "hr", port: 5_441 },
    ]);
    expect(parseClusterPorts(" ")).toEqual([]);
  });

  it.each(["sales", "sales=", "sales=0", "sales=65536", "=5440", "a=1,a=2", "a=1,b=1", "a=1,"])(
    "refuses %j",
    (text) => expect(() => parseClusterPorts(text)).toThrow(/NAME=PORT|one port/),
  );
});
