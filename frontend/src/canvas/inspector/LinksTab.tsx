import { UnstyledButton } from "@mantine/core";
import { IconArrowLeft, IconArrowRight, IconPlus } from "@tabler/icons-react";
import { Button } from "@mantine/core";

import { linkWords } from "@/document/linkRules";
import { linksOf, nameOf } from "@/document/queries";
import { useDesignStore } from "@/stores/designStore";
import { useSessionStore } from "@/stores/sessionStore";

import { startKeyboardLink } from "../linking/keyboardLinking";
import styles from "./Inspector.module.css";

export function LinksTab({ id }: { id: string }) {
  const document = useDesignStore((state) => state.document);
  const catalogue = useDesignStore((state) => state.catalogue);
  const selectLink = useSessionStore((state) => state.selectLink);
  const links = linksOf(document, id);
  return (
    <div className={styles.list}>
      {links.length === 0 && <p className={styles.hint}>No links yet. A link says who talks to whom, and opens the firewall for just that.</p>}
      {links.map(([linkId, link]) => {
        const leaves = link.source === id;
        const other = document.components[leaves ? link.target : link.source];
        const { text, port } = linkWords(link);
        return (
          <UnstyledButton key={linkId} className={styles.linkRow} onClick={() => selectLink(linkId)}>
            {leaves ? <IconArrowRight size={16} stroke={1.75} aria-label="to" /> : <IconArrowLeft size={16} stroke={1.75} aria-label="from" />}
            <span className={styles.grow}>{other ? nameOf(other, catalogue) : "?"}</span>
            <span className={styles.quiet}>
              {text} <b>{port}</b>
            </span>
          </UnstyledButton>
        );
      })}
      <div>
        <Button size="xs" leftSection={<IconPlus size={14} stroke={1.75} />} onClick={() => startKeyboardLink(id)}>
          Link to
        </Button>
      </div>
    </div>
  );
}
