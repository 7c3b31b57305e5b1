import type { ReactNode } from "react";
import { Route, Routes } from "react-router";
import { StreamList } from "./stream-list.tsx";
import { StreamPage } from "./stream-page.tsx";

/** Kinesis data streams. */
export function Screen(): ReactNode {
  return (
    <Routes>
      <Route index element={<StreamList />} />
      <Route path=":name" element={<StreamPage />} />
      <Route path=":name/:tab" element={<StreamPage />} />
    </Routes>
  );
}
