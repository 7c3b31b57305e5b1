import { expect, it } from "vitest";
import { commandName, listeningInodes } from "./port-owner.ts";

const table = `  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
   0: 0100007F:11D6 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 4711 1 0000000000000000 100 0 0 10 0
   1: 0100007F:11D6 0100007F:D431 01 00000000:00000000 00:00000000 00000000     0        0 4712 1 0000000000000000 100 0 0 10 0
   2: 0100007F:0050 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 4713 1 0000000000000000 100 0 0 10 0
`;

it("finds the sockets that listen on a port, and no others", () => {
  expect(listeningInodes(table, 4566)).toEqual(["4711"]);
  expect(listeningInodes(table, 80)).toEqual(["4713"]);
  expect(listeningInodes(table, 54_321)).toEqual([]);
  expect(listeningInodes("", 80)).toEqual([]);
});

it.each([
  ["/usr/bin/node\0/app/dist/main.js\0--port\0", "node main.js"],
  ["node\0--inspect\0main.js\0", "node"],
  ["/usr/sbin/nginx\0", "nginx"],
  ["", "a process"],
])("names %j", (commandLine, name) => expect(commandName(commandLine)).toBe(name));
