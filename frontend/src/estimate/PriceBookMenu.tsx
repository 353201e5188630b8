import { Menu, UnstyledButton } from "@mantine/core";
import { IconCheck, IconChevronDown } from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";

import { errorSentence } from "@/api/client";
import { changeDesign } from "@/api/designs";
import { keys } from "@/api/keys";
import { usePriceBooks } from "@/catalog/useCatalogue";
import { useDesignStore } from "@/stores/designStore";

import styles from "./PriceBookMenu.module.css";

/** Price the same design with another book. The choice is the design's: proposals and plans use it too. */
export function PriceBookMenu() {
  const books = usePriceBooks();
  const designId = useDesignStore((state) => state.designId) ?? "";
  const chosen = useDesignStore((state) => state.priceBook);
  const setPriceBook = useDesignStore((state) => state.setPriceBook);
  const client = useQueryClient();
  const change = useMutation({
    mutationFn: (price_book: string) => changeDesign(designId, { price_book }),
    onSuccess: (design) => {
      setPriceBook(design.price_book);
      void client.invalidateQueries({ queryKey: keys.designs, exact: true });
    },
  });
  const book = books.data?.find(({ key }) => key === chosen);
  return (
    <Menu position="bottom-end" withinPortal width={280}>
      <Menu.Target>
        <UnstyledButton className={styles.target} aria-label={`Price book: ${book?.title ?? chosen}`}>
          <span className={styles.title}>{book?.title ?? chosen}</span>
          <IconChevronDown size={14} stroke={1.75} aria-hidden="true" />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown className={styles.books}>
        <Menu.Label>Price this design with</Menu.Label>
        {books.data?.map((one) => (
          <Menu.Item
            key={one.key}
            onClick={() => change.mutate(one.key)}
            leftSection={<span className={styles.check}>{one.key === chosen && <IconCheck size={16} stroke={1.75} aria-label="chosen" />}</span>}
          >
            <span className={styles.name}>{one.title}</span>
            <span className={styles.about}>
              {one.currency}, {one.region || one.provider}, version {one.version}
            </span>
          </Menu.Item>
        ))}
        {change.isError && <p className={styles.error}>{errorSentence(change.error)}</p>}
      </Menu.Dropdown>
    </Menu>
  );
}
