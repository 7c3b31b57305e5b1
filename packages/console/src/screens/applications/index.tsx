import type { ReactNode } from "react";
import { Route, Routes } from "react-router";
import { ApplicationPage } from "./application-page.tsx";
import { CreatePage } from "./create/create-page.tsx";
import { ListPage } from "./list-page.tsx";

export function Screen(): ReactNode {
  return (
    <Routes>
      <Route index element={<ListPage />} />
      <Route path="+new" element={<CreatePage />} />
      <Route path=":name" element={<ApplicationPage />} />
      <Route path=":name/:tab" element={<ApplicationPage />} />
    </Routes>
  );
}
