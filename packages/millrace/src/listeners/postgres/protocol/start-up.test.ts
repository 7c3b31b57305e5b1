import { describe, expect, it } from "vitest";
import { readStartUp, sortStartUp } from "./start-up.ts";

function body(code: number, rest = ""): Buffer {
  const head = Buffer.alloc(4);
  head.writeInt32BE(code);
  return Buffer.concat([head, Buffer.from(rest)]);
}

describe("start-up packets", () => {
  it("tells requests apart", () => {
    expect(readStartUp(body(80_877_103))).toEqual({ kind: "tls" });
    expect(readStartUp(body(80_877_104))).toEqual({ kind: "gss" });
    expect(readStartUp(body(80_877_102, "\0\0\0\x07\xff"))).toEqual({ kind: "malformed" });
    const cancel = Buffer.concat([body(80_877_102), Buffer.from([0, 0, 0, 7, 0xff, 0xff, 0xff, 0xfe])]);
    expect(readStartUp(cancel)).toEqual({ kind: "cancel", processId: 7, secretKey: -2 });
    expect(readStartUp(body(2 << 16))).toEqual({ kind: "version", major: 2, minor: 0 });
    expect(readStartUp(body((3 << 16) + 2))).toEqual({ kind: "version", major: 3, minor: 2 });
  });

  it("reads pairs of texts", () => {
    const packet = readStartUp(body(196_608, "user\0häns\0database\0\0\0"));
    expect(packet).toEqual({
      kind: "start",
      parameters: new Map([
        ["user", "häns"],
        ["database", ""],
      ]),
    });
  });

  it.each(["", "user", "user\0a", "user\0a\0", "user\0\0x\0", "\0a\0\0", "user\0a\0\0more"])(
    "refuses %j",
    (rest) => {
      expect(readStartUp(body(196_608, rest)).kind).toBe("malformed");
    },
  );
});

describe("what a start-up message asks for", () => {
  it("sorts settings from the rest", () => {
    const request = sortStartUp(
      new Map([
        ["user", "ann"],
        ["application_name", "psql"],
        ["client_protocol_version", "2"],
        ["driver_version", "Redshift Python Driver 2.1"],
        ["os_version", "x"],
        ["_pq_.compression", "lz4"],
        ["DateStyle", "ISO"],
        ["options", "-c search_path=a\\ b,c --cluster=etl -cquery_group=q --statement-timeout=5 -x y"],
      ]),
    );
    expect(request).toMatchObject({ user: "ann", database: "ann", applicationName: "psql", cluster: "etl" });
    expect(request).toMatchObject({ protocolVersion: 2, replication: false });
    expect([...request.settings]).toEqual([
      ["search_path", "a b,c"],
      ["query_group", "q"],
      ["statement_timeout", "5"],
      ["DateStyle", "ISO"],
    ]);
  });

  it("takes a protocol version that is none for none", () => {
    expect(sortStartUp(new Map([["client_protocol_version", "2x"]])).protocolVersion).toBeUndefined();
    expect(sortStartUp(new Map([["replication", "database"]])).replication).toBe(true);
  });
});
