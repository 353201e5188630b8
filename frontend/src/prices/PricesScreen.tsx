import { Button } from "@mantine/core";
import { IconUpload } from "@tabler/icons-react";
import { useDeferredValue, useState } from "react";
import { Link, useParams } from "react-router";

import { errorSentence } from "@/api/client";
import type { PriceBook } from "@/api/types";
import layout from "@/app/ListAndDetail.module.css";
import { Screen } from "@/app/Screen";
import { usePriceBooks } from "@/catalog/useCatalogue";
import { ErrorNotice } from "@/ui/ErrorNotice";
import { SearchField } from "@/ui/SearchField";
import { Loading, Skeleton } from "@/ui/Skeleton";

import { BookDetails } from "./BookDetails";
import { BooksTable } from "./BooksTable";

/** Every price book that designs may be priced with; beside the list all about the one that the address names. */
export function PricesScreen() {
  const { book_key: chosen } = useParams();
  const { data: books, isError, error, refetch } = usePriceBooks();
  const [search, setSearch] = useState("");
  const sought = useDeferredValue(search.trim().toLowerCase());
  const found = books?.filter((book) => !sought || wordsOf(book).includes(sought)) ?? [];
  return (
    <Screen
      title="Price books"
      count={books?.length}
      actions={
        <>
          <SearchField label="Search price books" placeholder="Provider, region or currency" value={search} onChange={setSearch} />
          <Button component={Link} to="/price-imports" variant={chosen === undefined ? "filled" : "default"} leftSection={<IconUpload size={16} stroke={1.75} />}>
            Import prices
          </Button>
        </>
      }
    >
      {isError && <ErrorNotice title={errorSentence(error)} onRetry={() => void refetch()} />}
      {!books && !isError && (
        <Loading label="Price books are loading">
          <div className={layout.skeleton}>
            {["62%", "48%", "70%", "55%"].map((width) => (
              <Skeleton key={width} width={width} height={20} />
            ))}
          </div>
        </Loading>
      )}
      {books && (
        <div className={layout.panes} data-open={chosen !== undefined || undefined}>
          <div className={layout.table}>
            {found.length > 0 ? (
              <BooksTable books={found} chosen={chosen} />
            ) : (
              <p className={layout.nothing} role="status">
                No price book has {sought} in its name. Try the provider, or import a price list.
              </p>
            )}
          </div>
          {chosen !== undefined && <BookDetails key={chosen} bookKey={chosen} book={books.find(({ key }) => key === chosen)} />}
        </div>
      )}
    </Screen>
  );
}

function wordsOf({ key, title, provider, region, currency }: PriceBook): string {
  return [key, title, provider, region, currency].join(" ").toLowerCase();
}
