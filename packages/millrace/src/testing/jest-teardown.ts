// biome-ignore lint/style/noDefaultExport: Jest takes it: `globalTeardown: "millrace/jest/teardown"`.
export { millraceTeardown as default } from "./jest.ts";
