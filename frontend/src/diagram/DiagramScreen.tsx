import { Button, SegmentedControl } from "@mantine/core";
import { IconDownload } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useParams } from "react-router";

import { ApiError, errorSentence } from "@/api/client";
import { diagramAddress, type DiagramFormat, type DiagramOptions, type DiagramView, getDiagram } from "@/api/designs";
import { keys } from "@/api/keys";
import { useScheme } from "@/app/useScheme";
import { NamesMenu } from "@/catalog/NamesMenu";
import { useDesignStore } from "@/stores/designStore";
import { useSessionStore } from "@/stores/sessionStore";
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
  { format: "txt", label: "Text", note: "the same in words" },
];

const VIEWS: readonly { view: DiagramView; label: string; shows: string }[] = [
  { view: "full", label: "Full", shows: "Everything that is drawn." },
  { view: "network", label: "Network", shows: "Networks, subnets, routers and address ranges." },
  { view: "security", label: "Security", shows: "Security groups, and the rules that the arrows open." },
  { view: "flow", label: "Data flow", shows: "Who talks to whom, from the visitor to the data." },
  { view: "cost", label: "Cost", shows: "What each component costs a month; the dearest stand out." },
  { view: "executive", label: "Executive", shows: "Tiers only, for people who decide." },
];

/** Its cards stand for many components, so they have no place on the canvas. */
const ARRANGED_ONLY: readonly DiagramView[] = ["executive"];

/** The drawing as a picture to hand on, rendered by the server from what is saved. */
export function DiagramScreen() {
  const { design_id: designId = "" } = useParams();
  const { scheme } = useScheme();
  const [view, setView] = useState<DiagramView>("full");
  const [chosenLayout, setLayout] = useState<Layout>("automatic");
  const [chosenTheme, setTheme] = useState<Theme | null>(null);
  const [scale, setScale] = useState<"fit" | "full">("fit");
  const naming = useSessionStore((store) => store.naming);
  const name = useDesignStore((store) => store.name);
  const isEmpty = useDesignStore((store) => Object.keys(store.document.components).length === 0);
  const canBePlaced = !ARRANGED_ONLY.includes(view);
  const options: DiagramOptions = {
    view,
    layout: canBePlaced ? chosenLayout : "automatic",
    theme: chosenTheme ?? scheme,
    naming,
  };
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
          aria-label="View"
          value={view}
          onChange={(value) => setView(value as DiagramView)}
          data={VIEWS.map((one) => ({ value: one.view, label: one.label }))}
        />
        <div className={styles.downloads} role="group" aria-label="Download">
          {FORMATS.map(({ format, label, note }) => (
            <Button
              key={format}
              component="a"
              size="xs"
              href={diagramAddress(designId, format, options)}
              download={`${fileName(name)}${view === "full" ? "" : `-${view}`}.${format}`}
              leftSection={<IconDownload size={14} stroke={1.75} />}
              aria-label={`Download ${label}`}
              title={note}
            >
              {label}
            </Button>
          ))}
        </div>
      </header>
      <div className={styles.options}>
        <p className={styles.shows}>{VIEWS.find((one) => one.view === view)?.shows}</p>
        <span className={styles.names}>
          Names <NamesMenu />
        </span>
        <SegmentedControl
          aria-label="Layout"
          size="xs"
          value={options.layout}
          onChange={(value) => setLayout(value as Layout)}
          disabled={!canBePlaced}
          data={[
            { value: "automatic", label: "Automatic" },
            { value: "placed", label: "As placed" },
          ]}
        />
        <SegmentedControl
          aria-label="Colours"
          size="xs"
          value={options.theme}
          onChange={(value) => setTheme(value as Theme)}
          data={[
            { value: "light", label: "Light" },
            { value: "dark", label: "Dark" },
          ]}
        />
        <SegmentedControl
          aria-label="Size"
          size="xs"
          value={scale}
          onChange={(value) => setScale(value as "fit" | "full")}
          data={[
            { value: "fit", label: "Fit" },
            { value: "full", label: "100%" },
          ]}
        />
      </div>
      <Preview
        designId={designId}
        options={options}
        scale={scale}
        ways={{ onExecutive: () => setView("executive"), onPlaced: () => setLayout("placed") }}
      />
    </main>
  );
}

type Ways = { onExecutive: () => void; onPlaced: () => void };
type PreviewProps = { designId: string; options: DiagramOptions; scale: "fit" | "full"; ways: Ways };

function Preview({ designId, options, scale, ways }: PreviewProps) {
  const name = useDesignStore((store) => store.name);
  const version = useDesignStore((store) => store.version);
  const priceBook = useDesignStore((store) => store.priceBook);
  const flush = useDesignStore((store) => store.flush);
  const picture = useQuery({
    queryKey: [...keys.design(designId), "diagram", version, options, options.view === "cost" ? priceBook : ""],
    queryFn: async ({ signal }) => {
      await flush();
      return getDiagram(designId, options, signal);
    },
    staleTime: Infinity,
    gcTime: 60_000,
    retry: (failures, error) => failures < 1 && !isBeyondLimits(error),
    placeholderData: (before) => before,
  });
  if (picture.isError) {
    return (
      <div className={styles.notice}>
        <ErrorNotice title="The diagram could not be drawn" onRetry={() => void picture.refetch()}>
          <p>{errorSentence(picture.error)}</p>
          {isBeyondLimits(picture.error) && <OtherWays options={options} ways={ways} />}
        </ErrorNotice>
      </div>
    );
  }
  return (
    <div className={styles.paper} data-theme={options.theme} data-scale={scale}>
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

/** The server said that this picture is too much: asking again for the same would end the same. */
function isBeyondLimits(error: unknown): boolean {
  return error instanceof ApiError && ["diagram_too_large", "diagram_timeout"].includes(error.code);
}

/** What asks less of the server than what was asked for. */
function OtherWays({ options: { view, layout }, ways }: { options: DiagramOptions; ways: Ways }) {
  return (
    <div className={styles.ways}>
      {view !== "executive" && (
        <Button size="xs" onClick={ways.onExecutive}>
          Show tiers only
        </Button>
      )}
      {layout === "automatic" && view !== "executive" && (
        <Button size="xs" onClick={ways.onPlaced}>
          Show it as placed
        </Button>
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
