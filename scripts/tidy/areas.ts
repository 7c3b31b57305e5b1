/** The product's sources, inside the repository. */
export const productSource = "packages/millrace/src/";

/** Everything that is shipped: the product and its console. */
export function isShipped(path: string): boolean {
  return /^packages\/[^/]+\/src\//.test(path) && !isTest(path);
}

export function isTest(path: string): boolean {
  return /\.test\.tsx?$/.test(path) || path.startsWith("tests/") || isTestSupport(path);
}

/** `test-listener.ts` is built for tests alone; `operations/test-connection.ts` is an operation of Glue. */
function isTestSupport(path: string): boolean {
  return /\/test-[^/]+\.tsx?$/.test(path) && !path.includes("/operations/");
}

/** A test that runs beside the sources, in seconds. */
export function isUnitTest(path: string): boolean {
  return /\.test\.tsx?$/.test(path) && !path.startsWith("tests/");
}

/** Recorded or foreign material, kept as it was found. */
export function isFixture(path: string): boolean {
  return /(^|\/)fixtures\//.test(path);
}

/** `PutRecord` becomes `put-record`; `GetClusterCredentialsWithIAM` ends in `-with-iam`. */
export function kebabCase(name: string): string {
  return name
    .replace(/([a-z0-9])([A-Z])/g, "$1-$2")
    .replace(/([A-Z]+)([A-Z][a-z])/g, "$1-$2")
    .toLowerCase();
}
