import type { ReactNode } from "react";
import type { QueryTab } from "./tabs.ts";

/** What one tab shows; both kinds have the same. */
export interface TabProps {
  readonly tab: QueryTab;
  readonly onChange: (change: Partial<QueryTab>) => void;
  /** Whether the list of tables is shown. */
  readonly hasSide: boolean;
  /** The tabs above the text. */
  readonly strip: ReactNode;
}
