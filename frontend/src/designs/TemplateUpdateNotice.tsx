import { Button } from "@mantine/core";
import { IconVersions } from "@tabler/icons-react";
import { lazy, Suspense, useState } from "react";

import type { TemplateUpdate } from "@/api/types";
import { useTemplates } from "@/catalog/useCatalogue";
import { useDesignStore } from "@/stores/designStore";
import { countOf } from "@/ui/count";

import styles from "./TemplateUpdate.module.css";
import { useTemplateUpdate } from "./useTemplateUpdate";

const TemplateUpdateDialog = lazy(async () => ({ default: (await import("./TemplateUpdateDialog")).TemplateUpdateDialog }));

/** Says that the template which a design began from has moved on. Nothing where it has not. */
export function TemplateUpdateNotice() {
  const designId = useDesignStore((state) => state.designId) ?? "";
  const { update, template } = useTemplateUpdate(designId);
  return update && <Notice designId={designId} template={template} update={update} />;
}

function Notice({ designId, template, update }: { designId: string; template: string; update: TemplateUpdate }) {
  const [isOpen, setOpen] = useState(false);
  const title = useTemplates().data?.find(({ key }) => key === template)?.title ?? template;
  const conflicts = update.changes.filter(({ conflict }) => conflict).length;
  return (
    <section className={styles.notice} aria-label="Newer template version">
      <IconVersions size={16} stroke={1.75} aria-hidden="true" />
      <div>
        <p>
          {title} has version {update.to_version}; this design began from version {update.from_version}.
        </p>
        <p className={styles.quiet}>
          {countOf(update.changes.length, "change")}
          {conflicts > 0 && `, ${String(conflicts)} of them yours to decide`}
        </p>
        <Button size="xs" onClick={() => setOpen(true)}>
          See what changes
        </Button>
      </div>
      {isOpen && (
        <Suspense>
          <TemplateUpdateDialog designId={designId} title={title} update={update} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </section>
  );
}
