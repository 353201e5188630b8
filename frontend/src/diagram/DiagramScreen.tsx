import { Button, SegmentedControl } from "@mantine/core";
import { IconDownload } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useParams } from "react-router";

import { errorSentence } from "@/api/client";
import { diagramAddress, type DiagramFormat, type DiagramOptions, getDiagram } from "@/api/designs";
import { keys } from "@/api/keys";
import { useScheme } from "@/app/useScheme";
import { useDesignStore } from "@/stores/designStore";
import { EmptyState } from "@/ui/EmptyState";
import { ErrorNotice } from "@/ui/ErrorNotice";
import { Loading, Skeleton } from "@/ui/Skeleton";

import styles from "./DiagramScreen.module.css";

type Layout = DiagramOptions["layout"];
type Theme = DiagramOptions["theme"];

const FORMATS: readonly { format: DiagramFormat; label: string; note: string }[] = [
  { format: "svg", label: "SVG", note: "sharp at any size" },
  { format: "png", label: "PNG", note: "for slides and chats" },
  { format: "pdf", label: "PDF", note: "for print" },
];

/** The drawing as a picture to hand on, rendered by the server from what is saved. */
export function DiagramScreen() {
  const { design_id: designId = "" } = useParams();
  const { scheme } = useScheme();
  const [layout, setLayout] = useState<Layout>("automatic");
  const [chosenTheme, setTheme] = useState<Theme | null>(null);
  const [scale, setScale] = useState<"fit" | "full">("fit");
  const name = useDesignStore((store) => store.name);
  const isEmpty = useDesignStore((store) => Object.keys(store.document.components).length === 0);
  const theme = chosenTheme ?? scheme;
  if (isEmpty) {
    return (
      <main className={styles.screen}>
        <EmptyState level={1} title="Nothing to show yet">
          <p>The diagram is drawn from the components of this design. Add the first one under Draw.</p>
        </EmptyState>
      </main>
    );
  }
  return (
    <main className={styles.screen}>
      <header className={styles.bar}>
        <h1 className={styles.title}>Diagram</h1>
        <SegmentedControl
          aria-label="Layout"
          value={layout}
          onChange={(value) => setLayout(value as Layout)}
          data={[
            { value: "automatic", label: "Automatic" },
            { value: "placed", label: "As placed" },
          ]}
        />
        <SegmentedControl
          aria-label="Colours"
          value={theme}
          onChange={(value) => setTheme(value as Theme)}
          data={[
            { value: "light", label: "Light" },
            { value: "dark", label: "Dark" },
          ]}
        />
        <SegmentedControl
          aria-label="Size"
          value={scale}
          onChange={(value) => setScale(value as "fit" | "full")}
          data={[
            { value: "fit", label: "Fit" },
            { value: "full", label: "100%" },
          ]}
        />
        <div className={styles.downloads} role="group" aria-label="Download">
          {FORMATS.map(({ format, label, note }) => (
            <Button
              key={format}
              component="a"
              href={diagramAddress(designId, format, { layout, theme })}
              download={`${fileName(name)}.${format}`}
              leftSection={<IconDownload size={16} stroke={1.75} />}
              aria-label={`Download ${label}`}
              title={note}
            >
              {label}
            </Button>
          ))}
        </div>
      </header>
      <Preview designId={designId} layout={layout} theme={theme} scale={scale} />
    </main>
  );
}

function Preview({
  designId,
  layout,
  theme,
  scale,
}: {
  designId: string;
  layout: Layout;
  theme: Theme;
  scale: "fit" | "full";
}) {
  const name = useDesignStore((store) => store.name);
  const version = useDesignStore((store) => store.version);
  const flush = useDesignStore((store) => store.flush);
  const picture = useQuery({
    queryKey: [...keys.design(designId), "diagram", version, layout, theme],
    queryFn: async ({ signal }) => {
      await flush();
      return getDiagram(designId, { layout, theme }, signal);
    },
    staleTime: Infinity,
    gcTime: 60_000,
    placeholderData: (before) => before,
  });
  if (picture.isError) {
    return (
      <div className={styles.notice}>
        <ErrorNotice title="The diagram could not be drawn" onRetry={() => void picture.refetch()}>
          <p>{errorSentence(picture.error)}</p>
        </ErrorNotice>
      </div>
    );
  }
  return (
    <div className={styles.paper} data-theme={theme} data-scale={scale}>
      {picture.data ? (
        <img
          src={`data:image/svg+xml;charset=utf-8,${encodeURIComponent(picture.data)}`}
          alt={`Diagram of ${name}`}
          className={styles.picture}
          aria-busy={picture.isPlaceholderData}
        />
      ) : (
        <Loading label="The diagram is being drawn">
          <Skeleton height={320} />
        </Loading>
      )}
    </div>
  );
}

/** A name that every file system takes. */
export function fileName(name: string): string {
  const plain = name
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .replace(/[^\p{L}\p{N}]+/gu, "-")
    .replace(/^-+|-+$/g, "")
    .toLowerCase();
  return plain || "diagram";
}
