import type { ReactNode } from "react";
import { Route, Routes } from "react-router";
import { CatalogHome } from "./catalog-home.tsx";
import { CrawlerPage } from "./crawler-page.tsx";
import { DatabasePage } from "./database-page.tsx";
import { TablePage } from "./table-page.tsx";

/** The Data Catalog of Glue: what data there is, where it lies, and what it looks like. */
export function Screen(): ReactNode {
  return (
    <Routes>
      <Route index element={<CatalogHome />} />
      <Route path="databases/:database" element={<DatabasePage />} />
      <Route path="databases/:database/tables/:table" element={<TablePage />} />
      <Route path="crawlers/:crawler" element={<CrawlerPage />} />
    </Routes>
  );
}
