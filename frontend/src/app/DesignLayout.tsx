import { Outlet } from "react-router";

export function DesignLayout() {
  return <Outlet />;
}
