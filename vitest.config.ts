import { defineConfig, type ViteUserConfig } from "vitest/config";

/**
 * `unit` runs beside the sources in seconds; `system` starts real servers, clients and crashes, two files at a time;
 * `alone` are system tests that need a port or the machine for themselves, and come last.
 */
const system = ["tests/**/*.test.ts"];
const alone = ["tests/journeys/redshift-routes-listener.test.ts", "tests/docs/pages.test.ts"];
const systemLimits = { testTimeout: 300_000, hookTimeout: 300_000 };
const resolve = { conditions: ["source"] };
const ssr = { resolve: { conditions: ["source"] } };

const config: ViteUserConfig = defineConfig({
  test: {
    projects: [
      {
        resolve,
        ssr,
        test: {
          name: "unit",
          include: ["packages/*/src/**/*.test.ts", "scripts/**/*.test.ts"],
          testTimeout: 30_000,
          // Modules keep no state, so that test files can share them: evaluating them anew takes longer than the tests.
          isolate: false,
        },
      },
      {
        resolve,
        ssr,
        test: {
          name: "system",
          include: system,
          exclude: alone,
          ...systemLimits,
          maxWorkers: 2,
          sequence: { groupOrder: 1 },
        },
      },
      {
        resolve,
        ssr,
        test: {
          name: "alone",
          include: alone,
          ...systemLimits,
          maxWorkers: 1,
          sequence: { groupOrder: 2 },
        },
      },
    ],
  },
});

export default config;
