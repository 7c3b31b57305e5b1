import react from "@vitejs/plugin-react";
import { defineConfig, type UserConfig } from "vite";

/** `npm run dev -w packages/console` shows the sources as they change, on top of a Millrace that runs. */
const config: UserConfig = defineConfig({
  base: "/_millrace/console/",
  plugins: [react()],
  build: {
    outDir: "../millrace/dist/console",
    emptyOutDir: true,
    target: "es2022",
    // Of the first browsers that know light-dark(): it is left as it is, because what it would be made into knows
    // nothing of the scheme that Mantine chooses.
    cssTarget: ["chrome123", "firefox120", "safari17.5"],
    // The SDK's clients are large; each is loaded by the screens that need it.
    chunkSizeWarningLimit: 2_000,
  },
  server: {
    proxy: {
      "^/(?!_millrace/console/)": { target: process.env["MILLRACE_URL"] ?? "http://127.0.0.1:4566" },
    },
  },
});

export default config;
