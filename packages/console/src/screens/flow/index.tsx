import type { ReactNode } from "react";
import { Page } from "../../ui/page.tsx";

export function Screen(): ReactNode {
  return <Page title="flow">…</Page>;
}
