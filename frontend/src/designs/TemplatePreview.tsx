import { useState } from "react";

import { templatePicture } from "@/api/catalog";
import { errorSentence } from "@/api/client";
import type { JsonObject, Template, TemplateForm } from "@/api/types";
import { useScheme } from "@/app/useScheme";
import { useComponentTypes } from "@/catalog/useCatalogue";
import { useTemplate } from "@/catalog/useTemplate";
import { Silhouette } from "@/templates/Silhouette";
import { countOf } from "@/ui/count";
import { ErrorNotice } from "@/ui/ErrorNotice";

import { FORMS } from "./TemplateChoices";
import styles from "./TemplateChoices.module.css";

type Props = { template: Template; form: TemplateForm; parameters: JsonObject };

/** What the template looks like in this form with what was chosen, and where it comes from. */
export function TemplatePreview({ template, form, parameters }: Props) {
  const asked = useTemplate(template.key, form, parameters);
  const shown = asked.data ?? template;
  return (
    <aside className={styles.preview} aria-label="Template">
      <Picture key={`${template.key} ${form}`} template={template} form={form} parameters={asked.isError ? {} : parameters} />
      {asked.isError && <ErrorNotice title={errorSentence(asked.error)} />}
      <p>{template.summary}</p>
      <dl className={styles.facts}>
        <div>
          <dt>Source</dt>
          <dd>{template.source}</dd>
        </div>
        <div>
          <dt>Contents</dt>
          <dd>
            {countOf(shown.component_count, "component")}
            {shown.callout_count > 0 && `, ${countOf(shown.callout_count, "callout")}`}
          </dd>
        </div>
        <div>
          <dt>Version</dt>
          <dd>{template.version}</dd>
        </div>
      </dl>
    </aside>
  );
}

/** The silhouette is there at once; the server's diagram takes its place when it is drawn. */
function Picture({ template, form, parameters }: Props) {
  const { scheme } = useScheme();
  const catalogue = useComponentTypes().data;
  const document = useTemplate(template.key, form, parameters).data?.document;
  const [isDrawn, setDrawn] = useState(false);
  return (
    <div className={styles.picture} data-drawn={isDrawn || undefined}>
      {!isDrawn && document && catalogue && <Silhouette document={document} catalogue={catalogue} />}
      <img
        src={templatePicture(template.key, form, scheme, parameters)}
        alt={`${template.title}, ${FORMS[form].label.toLowerCase()}`}
        onLoad={() => setDrawn(true)}
      />
    </div>
  );
}
