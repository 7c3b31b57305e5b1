import type { ReactNode } from "react";
import { Route, Routes } from "react-router";
import { DeliveryList } from "./delivery-list.tsx";
import { DeliveryPage } from "./delivery-page.tsx";

/** Delivery streams of Firehose. */
export function Screen(): ReactNode {
  return (
    <Routes>
      <Route index element={<DeliveryList />} />
      <Route path=":name" element={<DeliveryPage />} />
      <Route path=":name/:tab" element={<DeliveryPage />} />
    </Routes>
  );
}
