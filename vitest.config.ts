import { defineConfig, type ViteUserConfig } from "vitest/config";

/** `unit` runs beside the sources in seconds; `system` starts real servers, clients and crashes. */
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
        },
      },
      {
        resolve,
        ssr,
        test: {
          name: "system",
          include: ["tests/**/*.test.ts"],
          testTimeout: 300_000,
          hookTimeout: 300_000,
          fileParallelism: false,
        },
      },
    ],
  },
});

export default config;
