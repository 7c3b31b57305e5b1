import { createServer } from "node:net";
import { expect, it } from "vitest";
import { codeOf, GlueRunner, refusalOf } from "../test-glue.ts";

const jdbc = (url: string): { ConnectionType: "JDBC"; ConnectionProperties: Record<string, string> } => ({
  ConnectionType: "JDBC",
  ConnectionProperties: { JDBC_CONNECTION_URL: url, USERNAME: "u", PASSWORD: "hunter2" },
});

it("fails as AWS does when nobody answers, and does not tell the password", async () => {
  await using glue = await GlueRunner.start();
  for (const scheme of ["postgresql", "mysql"]) {
    const TestConnectionInput = jdbc(`jdbc:${scheme}://127.0.0.1:1/d`);
    const refusal = await refusalOf(glue.run("TestConnection", { TestConnectionInput }));
    expect(refusal).toMatch(/^InvalidInputException: The connection to 127.0.0.1:1 failed: /);
    expect(refusal).not.toContain("hunter2");
  }
});

it("fails when whoever answers is no database", async () => {
  await using glue = await GlueRunner.start();
  const server = createServer((socket) => {
    socket.on("error", () => {});
    socket.resume();
    socket.end("HTTP/1.1 400 Bad Request\r\n\r\n");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" ? address?.port : undefined;
  for (const scheme of ["postgresql", "mysql"]) {
    const TestConnectionInput = jdbc(`jdbc:${scheme}://127.0.0.1:${port}/d`);
    expect(await codeOf(glue.run("TestConnection", { TestConnectionInput }))).toBe("InvalidInputException");
  }
  await new Promise((resolve) => server.close(resolve));
});

it("uses a connection that is there", async () => {
  await using glue = await GlueRunner.start();
  const ConnectionInput = { Name: "c", ...jdbc("jdbc:postgresql://127.0.0.1:1/d") };
  await glue.run("CreateConnection", { ConnectionInput });
  const test = (ConnectionName: string) => codeOf(glue.run("TestConnection", { ConnectionName }));
  expect(await test("c")).toBe("InvalidInputException");
  expect(await test("d")).toBe("EntityNotFoundException");
});

it("wants one thing to test, and says what it cannot", async () => {
  await using glue = await GlueRunner.start();
  const TestConnectionInput = jdbc("jdbc:oracle:thin:@//h:1521/x");
  expect(await codeOf(glue.run("TestConnection", {}))).toBe("InvalidInputException");
  expect(await codeOf(glue.run("TestConnection", { ConnectionName: "c", TestConnectionInput }))).toBe(
    "InvalidInputException",
  );
  expect(await refusalOf(glue.run("TestConnection", { TestConnectionInput }))).toBe(
    "NotImplemented: Millrace does not have a test of JDBC connections other than to PostgreSQL and MySQL.",
  );
  const secret = { ConnectionType: "JDBC", ConnectionProperties: { SECRET_ID: "s" } } as const;
  expect(await codeOf(glue.run("TestConnection", { TestConnectionInput: secret }))).toBe("NotImplemented");
  const kafka = { ConnectionType: "KAFKA", ConnectionProperties: {} } as const;
  expect(await codeOf(glue.run("TestConnection", { TestConnectionInput: kafka }))).toBe("NotImplemented");
});
