import { expect, it } from "vitest";
import { connectLines } from "./connect-lines.ts";

it("each way names the cluster, the database and the user, and none a password", () => {
  const lines = connectLines({
    cluster: "sales",
    host: "127.0.0.1",
    port: 5439,
    database: "shop",
    user: "admin",
  });
  expect(lines.map(({ name }) => name)).toContain("psql");
  for (const { text } of lines) {
    expect(text).toContain("shop");
    expect(text).toContain("admin");
    expect(text).not.toMatch(/password="(?!\.\.\.")/);
  }
  expect(lines[0]?.text).toBe('PGOPTIONS="-c cluster=sales" psql -h 127.0.0.1 -p 5439 -U admin shop');
});
