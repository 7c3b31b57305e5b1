import type { ReactNode } from "react";
import { Route, Routes } from "react-router";
import { Bucket } from "./bucket.tsx";
import { Buckets } from "./buckets.tsx";
import { ObjectPage } from "./object-page.tsx";
import { UploadsProvider } from "./uploads.tsx";

/** Buckets of S3 and what is in them. */
export function Screen(): ReactNode {
  return (
    <UploadsProvider>
      <Routes>
        <Route index element={<Buckets />} />
        <Route path=":bucket" element={<Bucket />} />
        <Route path=":bucket/object" element={<ObjectPage />} />
      </Routes>
    </UploadsProvider>
  );
}
