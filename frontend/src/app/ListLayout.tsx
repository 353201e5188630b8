import { Outlet } from "react-router";

export function ListLayout() {
  return <Outlet />;
}
