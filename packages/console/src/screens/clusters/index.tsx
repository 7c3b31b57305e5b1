import type { ReactNode } from "react";
import { Route, Routes } from "react-router";
import { ClusterPage } from "./cluster-page.tsx";
import { ListPage } from "./list-page.tsx";

export function Screen(): ReactNode {
  return (
    <Routes>
      <Route index element={<ListPage />} />
      <Route path=":name" element={<ClusterPage />} />
      <Route path=":name/:tab" element={<ClusterPage />} />
    </Routes>
  );
}
