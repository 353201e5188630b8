import { Button, Modal, SegmentedControl, Select, Tabs } from "@mantine/core";
import { useClipboard } from "@mantine/hooks";
import { IconCheck, IconCopy, IconDownload } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";

import { errorSentence } from "@/api/client";
import { listClouds } from "@/api/deployer";
import { exportAddress, listExportFormats, readExport } from "@/api/exports";
import { keys } from "@/api/keys";
import { useDesignStore } from "@/stores/designStore";
import { ErrorNotice } from "@/ui/ErrorNotice";
import { IconButton } from "@/ui/IconButton";
import { Loading, Skeleton } from "@/ui/Skeleton";

import styles from "./ExportDialog.module.css";

/** A design's files for other tools: looked at first, then taken away. */
export function ExportDialog({ designId, onClose }: { designId: string; onClose: () => void }) {
  return (
    <Modal opened onClose={onClose} title="Export" size={920}>
      <Exporting designId={designId} />
    </Modal>
  );
}

function Exporting({ designId }: { designId: string }) {
  const [chosen, setFormat] = useState<string | null>(null);
  const [cloud, setCloud] = useState<string | null>(null);
  const formats = useQuery({ queryKey: keys.export_formats, queryFn: () => listExportFormats(), staleTime: Infinity });
  const clouds = useQuery({ queryKey: keys.clouds, queryFn: () => listClouds() });
  if (formats.isError) {
    return (
      <ErrorNotice title="The formats could not be read" onRetry={() => void formats.refetch()}>
        <p>{errorSentence(formats.error)}</p>
      </ErrorNotice>
    );
  }
  if (!formats.data) return <Skeleton height={320} />;
  const format = formats.data.find((one) => one.key === chosen) ?? formats.data[0];
  if (!format) return null;
  return (
    <div className={styles.dialog}>
      <div className={styles.choices}>
        <SegmentedControl
          aria-label="Format"
          value={format.key}
          onChange={setFormat}
          data={formats.data.map((one) => ({ value: one.key, label: one.title }))}
        />
        {format.key !== "drawio" && (
          <Select
            aria-label="Values of the cloud"
            placeholder="For any cloud"
            value={cloud}
            onChange={setCloud}
            clearable
            data={(clouds.data ?? []).map((one) => ({ value: one.id, label: `For ${one.name}` }))}
          />
        )}
        <Button
          component="a"
          href={exportAddress(designId, format.key, cloud)}
          download
          leftSection={<IconDownload size={14} stroke={1.75} />}
        >
          Download
        </Button>
      </div>
      <p className={styles.about}>
        {format.about} {format.key !== "drawio" && "Passwords and certificates are asked for, never written."}
      </p>
      <Files designId={designId} format={format.key} cloud={format.key === "drawio" ? null : cloud} />
    </div>
  );
}

function Files({ designId, format, cloud }: { designId: string; format: string; cloud: string | null }) {
  const version = useDesignStore((store) => store.version);
  const flush = useDesignStore((store) => store.flush);
  const files = useQuery({
    queryKey: [...keys.design(designId), "export", version, format, cloud],
    queryFn: async ({ signal }) => {
      await flush();
      return readExport(designId, format, cloud, signal);
    },
    staleTime: Infinity,
    gcTime: 60_000,
  });
  if (files.isError) {
    return (
      <ErrorNotice title="The design could not be exported" onRetry={() => void files.refetch()}>
        <p>{errorSentence(files.error)}</p>
      </ErrorNotice>
    );
  }
  const first = files.data?.[0];
  if (!files.data || !first) {
    return (
      <Loading label="The files are being written">
        <Skeleton height={320} />
      </Loading>
    );
  }
  return (
    <Tabs key={format} defaultValue={first.path}>
      <Tabs.List aria-label="Files">
        {files.data.map((one) => (
          <Tabs.Tab key={one.path} value={one.path}>
            {one.path}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      {files.data.map((one) => (
        <Tabs.Panel key={one.path} value={one.path} className={styles.file}>
          <span className={styles.copy}>
            <Copy text={one.text} path={one.path} />
          </span>
          {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls has to scroll by keyboard too */}
          <pre className={styles.text} role="region" tabIndex={0} aria-label={one.path}>
            {one.text}
          </pre>
        </Tabs.Panel>
      ))}
    </Tabs>
  );
}

function Copy({ text, path }: { text: string; path: string }) {
  const clipboard = useClipboard({ timeout: 1500 });
  return (
    <IconButton label={clipboard.copied ? "Copied" : `Copy ${path}`} onClick={() => clipboard.copy(text)}>
      {clipboard.copied ? <IconCheck size={16} stroke={1.75} /> : <IconCopy size={16} stroke={1.75} />}
    </IconButton>
  );
}
