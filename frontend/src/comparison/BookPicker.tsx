import { Button, Checkbox, Popover, ScrollArea } from "@mantine/core";
import { IconChevronDown } from "@tabler/icons-react";
import { useState } from "react";

import { usePriceBooks } from "@/catalog/useCatalogue";

import styles from "./BookPicker.module.css";

type Props = { chosen: readonly string[]; isAll: boolean; onChoose: (books: readonly string[]) => void };

/** Which books stand side by side. None chosen is all of them. */
export function BookPicker({ chosen, isAll, onChoose }: Props) {
  const [isOpen, setOpen] = useState(false);
  const books = usePriceBooks().data ?? [];
  const toggle = (key: string) => onChoose(chosen.includes(key) ? chosen.filter((one) => one !== key) : [...chosen, key]);
  return (
    <Popover opened={isOpen} onChange={setOpen} position="bottom-start" width={320} trapFocus withinPortal returnFocus>
      <Popover.Target>
        <Button size="xs" rightSection={<IconChevronDown size={14} stroke={1.75} aria-hidden="true" />} onClick={() => setOpen(!isOpen)}>
          {isAll ? `All ${String(books.length)} price books` : `${String(chosen.length)} of ${String(books.length)} price books`}
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        <ScrollArea.Autosize mah={360}>
          <fieldset className={styles.books}>
            <legend>Compare the design’s price in</legend>
            {books.map((book) => (
              <Checkbox
                key={book.key}
                size="xs"
                checked={chosen.includes(book.key)}
                disabled={chosen.length === 1 && chosen[0] === book.key}
                onChange={() => toggle(book.key)}
                label={book.title}
                description={[book.provider, book.region, book.currency].filter(Boolean).join(", ")}
              />
            ))}
          </fieldset>
        </ScrollArea.Autosize>
        {!isAll && (
          <Button size="xs" className={styles.all} onClick={() => onChoose([])}>
            All price books
          </Button>
        )}
      </Popover.Dropdown>
    </Popover>
  );
}
