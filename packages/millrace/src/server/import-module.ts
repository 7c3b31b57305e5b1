import { pathToFileURL } from "node:url";

/** Loads a module of the user's. Node takes the types away from a TypeScript file by itself. */
export async function importModule(path: string): Promise<Readonly<Record<string, unknown>>> {
  return (await import(pathToFileURL(path).href)) as Readonly<Record<string, unknown>>;
}
