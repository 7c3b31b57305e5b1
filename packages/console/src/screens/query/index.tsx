import type { ReactNode } from "react";
import { Route, Routes } from "react-router";
import { ActivityPage } from "./activity-page.tsx";
import { EditorPage } from "./editor-page.tsx";

export function Screen(): ReactNode {
  return (
    <Routes>
      <Route index element={<EditorPage />} />
      <Route path="activity" element={<ActivityPage />} />
    </Routes>
  );
}
