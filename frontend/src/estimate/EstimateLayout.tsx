import { useEffect } from "react";
import { NavLink, Outlet, useLocation } from "react-router";

import { useComponentTypes } from "@/catalog/useCatalogue";
import { useDesignStore } from "@/stores/designStore";

import styles from "./EstimateLayout.module.css";
import { PriceBookMenu } from "./PriceBookMenu";

const VIEWS = [
  { place: "", label: "Lines" },
  { place: "/books", label: "Price books" },
  { place: "/variants", label: "Variants" },
  { place: "/changes", label: "Changes" },
  { place: "/savings", label: "Savings" },
] as const;

/** All that is said about money: one heading, one row of views. */
export function EstimateLayout() {
  const designId = useDesignStore((state) => state.designId) ?? "";
  const types = useComponentTypes();
  const { search } = useLocation();
  useEffect(() => {
    if (types.data) useDesignStore.getState().setCatalogue(types.data);
  }, [types.data]);
  return (
    <main className={styles.screen}>
      <header className={styles.head}>
        <h1 className={styles.title}>Estimate</h1>
        <nav className={styles.views} aria-label="Views of the estimate">
          {VIEWS.map(({ place, label }) => (
            <NavLink key={label} end to={{ pathname: `/designs/${designId}/estimate${place}`, search }} className={styles.view}>
              {label}
            </NavLink>
          ))}
        </nav>
        <span className={styles.book}>
          Price book <PriceBookMenu />
        </span>
      </header>
      <Outlet />
    </main>
  );
}
