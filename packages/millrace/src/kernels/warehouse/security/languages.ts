import type { CatalogSnapshot } from "../catalog/catalog-snapshot.ts";
import type { CatalogView } from "../catalog/catalog-view.ts";
import type { LanguageRecord } from "../catalog/records.ts";
import { publicGrant } from "./default-privileges.ts";

/** Whose language everybody may use until that is revoked: AWS's defaults. */
const languages: Readonly<Record<string, { readonly everybodys: boolean }>> = Object.freeze({
  sql: { everybodys: true },
  plpgsql: { everybodys: true },
  plpythonu: { everybodys: false },
  exfunc: { everybodys: false },
});

export function allLanguages(permanent: CatalogSnapshot): readonly Omit<LanguageRecord, "oid">[] {
  return Object.keys(languages).flatMap((name) => languageOf(name, { permanent }) ?? []);
}

/** A language as it was granted, or as it is from the beginning; undefined where there is none of the name. */
export function languageOf(
  name: string,
  { permanent }: Pick<CatalogView, "permanent">,
): Omit<LanguageRecord, "oid"> | undefined {
  const known = permanent.language(name);
  if (known !== undefined) return known;
  const found = Object.hasOwn(languages, name) ? languages[name] : undefined;
  if (found === undefined) return undefined;
  return { kind: "language", name, ownerId: 1, grants: found.everybodys ? [publicGrant("usage", 1)] : [] };
}
