import type { Millrace } from "../embedding/index.ts";

/** What the processes of a test run find in their environment: every AWS SDK then finds Millrace by itself. */
export function testEnvironment({ env, url, ports }: Millrace): Readonly<Record<string, string>> {
  return {
    ...env,
    MILLRACE_URL: url,
    ...(ports.sql === undefined ? {} : { MILLRACE_SQL_PORT: `${ports.sql}` }),
  };
}
