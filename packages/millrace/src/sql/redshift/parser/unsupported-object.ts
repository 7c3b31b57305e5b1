import type { Unsupported } from "../ast/admin.ts";
import type { TokenStream } from "./token-stream.ts";
import { refusedByRedshift, unsupported } from "./unsupported.ts";

/** Objects of Redshift that Millrace does not have, as CREATE, ALTER and DROP name them. */
const UNSUPPORTED_OBJECTS: readonly (readonly string[])[] = Object.freeze([
  ["datashare"],
  ["external", "model"],
  ["external", "view"],
  ["external", "protected", "view"],
  ["model"],
  ["library"],
  ["rls", "policy"],
  ["masking", "policy"],
  ["identity", "provider"],
  ["template"],
]);

/** Objects of PostgreSQL that Redshift refuses in words of its own. */
const REFUSED_OBJECTS: readonly (readonly string[])[] = Object.freeze([
  ["unique", "index"],
  ["index"],
  ["sequence"],
  ["trigger"],
  ["rule"],
  ["domain"],
  ["type"],
  ["aggregate"],
  ["operator"],
  ["conversion"],
  ["cast"],
  ["tablespace"],
]);

/** Whether one of either kind follows behind CREATE, ALTER or DROP. */
export function atForeignObject(stream: TokenStream): boolean {
  return find(stream, UNSUPPORTED_OBJECTS) !== undefined || find(stream, REFUSED_OBJECTS) !== undefined;
}

function find(stream: TokenStream, objects: readonly (readonly string[])[]): readonly string[] | undefined {
  return objects.find((words) => stream.at(...words));
}

/** Reads over the statement. @param verb `CREATE`, `ALTER`, `DROP` */
export function foreignObject(stream: TokenStream, start: number, verb: string): Unsupported {
  const words = find(stream, UNSUPPORTED_OBJECTS);
  if (words !== undefined) {
    return unsupported(stream, start, `${verb} ${words.join(" ").toUpperCase()}`);
  }
  const refused = find(stream, REFUSED_OBJECTS) ?? [];
  const feature = `${verb} ${refused.join(" ").toUpperCase()}`;
  return refusedByRedshift(stream, start, feature, " on Redshift tables");
}
