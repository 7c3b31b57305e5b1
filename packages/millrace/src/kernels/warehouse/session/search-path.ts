import { listItems } from "./setting-values.ts";
import type { Settings } from "./settings.ts";

/** The schemas' names, whether they exist or not. */
export function searchPathOf(settings: Settings, userName: string): readonly string[] {
  return listItems(settings.get("search_path") ?? "").map((name) => (name === "$user" ? userName : name));
}
