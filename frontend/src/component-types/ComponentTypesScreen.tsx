import { useDeferredValue, useState } from "react";
import { useParams } from "react-router";

import { errorSentence } from "@/api/client";
import layout from "@/app/ListAndDetail.module.css";
import { Screen } from "@/app/Screen";
import { NamesMenu } from "@/catalog/NamesMenu";
import { searchTypes } from "@/catalog/searchTypes";
import { useComponentTypes } from "@/catalog/useCatalogue";
import { newestTypes } from "@/document/types";
import { ErrorNotice } from "@/ui/ErrorNotice";
import { SearchField } from "@/ui/SearchField";
import { Loading, Skeleton } from "@/ui/Skeleton";

import styles from "./ComponentTypesScreen.module.css";
import { TypeDetails } from "./TypeDetails";
import { TypeTable } from "./TypeTable";

/** Everything that can be drawn: the table, and beside it all about the type that the address names. */
export function ComponentTypesScreen() {
  const { type_key: chosen } = useParams();
  const { data: catalogue, isError, error, refetch } = useComponentTypes();
  const [search, setSearch] = useState("");
  const sought = useDeferredValue(search.trim());
  const types = catalogue ? newestTypes(catalogue) : [];
  const found = sought ? searchTypes(types, sought) : types;
  return (
    <Screen
      title="Component types"
      count={types.length}
      actions={
        <>
          <span className={styles.names}>
            Names <NamesMenu />
          </span>
          <SearchField label="Search component types" placeholder="Search in all names" value={search} onChange={setSearch} />
        </>
      }
    >
      {isError && <ErrorNotice title={errorSentence(error)} onRetry={() => void refetch()} />}
      {!catalogue && !isError && (
        <Loading label="Component types are loading">
          <div className={layout.skeleton}>
            {["62%", "48%", "70%", "55%", "64%", "50%"].map((width) => (
              <Skeleton key={width} width={width} height={20} />
            ))}
          </div>
        </Loading>
      )}
      {catalogue && (
        <div className={layout.panes} data-open={chosen !== undefined || undefined}>
          <div className={layout.table}>
            {found.length > 0 ? (
              <TypeTable types={found} chosen={chosen} isSearch={sought !== ""} isNarrow={chosen !== undefined} />
            ) : (
              <p className={layout.nothing} role="status">
                No type is called {sought}. Try what it does, such as cache or backup.
              </p>
            )}
          </div>
          {chosen !== undefined && <TypeDetails key={chosen} reference={chosen} catalogue={catalogue} />}
        </div>
      )}
    </Screen>
  );
}
