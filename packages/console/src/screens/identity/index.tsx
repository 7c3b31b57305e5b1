import type { ReactNode } from "react";
import { Route, Routes } from "react-router";
import { GroupPage } from "./group-page.tsx";
import { IdentityHome } from "./identity-home.tsx";
import { PolicyPage } from "./policy-page.tsx";
import { RolePage } from "./role-page.tsx";
import { UserPage } from "./user-page.tsx";

/** Who there is and who may do what. */
export function Screen(): ReactNode {
  return (
    <Routes>
      <Route index element={<IdentityHome />} />
      <Route path="users/:name" element={<UserPage />} />
      <Route path="groups/:name" element={<GroupPage />} />
      <Route path="roles/:name" element={<RolePage />} />
      <Route path="policy" element={<PolicyPage />} />
    </Routes>
  );
}
