import { Button, SegmentedControl, Select } from "@mantine/core";
import { IconVector } from "@tabler/icons-react";
import { useDeferredValue, useState } from "react";
import { Link, useNavigate, useParams } from "react-router";

import { errorSentence } from "@/api/client";
import type { Template, TemplateForm } from "@/api/types";
import { Screen } from "@/app/Screen";
import { useTemplates } from "@/catalog/useCatalogue";
import { NewDesignDialog } from "@/designs/NewDesignDialog";
import { ErrorNotice } from "@/ui/ErrorNotice";
import { SearchField } from "@/ui/SearchField";
import { Loading, Skeleton } from "@/ui/Skeleton";

import { TemplateCard } from "./TemplateCard";
import { formOf, MONEY, publishersOf, shownTemplates, SIZES, type Wish } from "./templateFilters";
import styles from "./TemplatesScreen.module.css";

const ANYTHING: Wish = { search: "", publisher: null, size: null, money: null, order: "smallest", form: "hardened" };

/** All templates. The one that the address names is open in the dialog that starts a design from it. */
export function TemplatesScreen() {
  const { template_key: chosen } = useParams();
  const navigate = useNavigate();
  const templates = useTemplates();
  const [wish, setWish] = useState(ANYTHING);
  const [isBlank, setBlank] = useState(false);
  const sought = useDeferredValue(wish);
  const shown = shownTemplates(templates.data ?? [], sought);
  const open = templates.data?.find(({ key }) => key === chosen);
  return (
    <Screen
      title="Templates"
      count={templates.data?.length}
      on="page"
      actions={
        <>
          <SearchField label="Search templates" value={wish.search} onChange={(search) => setWish({ ...wish, search })} />
          <Button component={Link} to="/own-templates">
            Own templates
          </Button>
          <Button leftSection={<IconVector size={16} stroke={1.75} />} onClick={() => setBlank(true)}>
            Blank design
          </Button>
        </>
      }
    >
      <NewDesignDialog
        opened={isBlank || chosen !== undefined}
        onClose={() => {
          setBlank(false);
          if (chosen !== undefined) void navigate("/templates", { replace: true });
        }}
        template={isBlank ? undefined : chosen}
        form={open ? formOf(open, wish.form) : wish.form}
      />
      <Filters templates={templates.data ?? []} wish={wish} onChange={setWish} />
      <div className={styles.scroll}>
        {templates.isError && (
          <ErrorNotice title={errorSentence(templates.error)} onRetry={() => void templates.refetch()} />
        )}
        {templates.isPending && <CardsSkeleton />}
        {templates.data && shown.length === 0 && (
          <p className={styles.nothing} role="status">
            No template fits all of that.{" "}
            <button type="button" className={styles.reset} onClick={() => setWish({ ...ANYTHING, form: wish.form })}>
              Show all {templates.data.length}
            </button>
          </p>
        )}
        <ul className={styles.cards}>
          {shown.map((template) => (
            <TemplateCard key={template.key} template={template} form={formOf(template, wish.form)} />
          ))}
        </ul>
      </div>
    </Screen>
  );
}

type FilterProps = { templates: readonly Template[]; wish: Wish; onChange: (wish: Wish) => void };

function Filters({ templates, wish, onChange }: FilterProps) {
  const publishers = [{ name: null, label: "All", count: templates.length }, ...publishersOf(templates).map((one) => ({ ...one, label: one.name }))];
  return (
    <div className={styles.filters}>
      <div className={styles.chips} role="group" aria-label="Source">
        {publishers.map(({ name, label, count }) => (
          <button
            type="button"
            key={label}
            className={styles.chip}
            aria-pressed={wish.publisher === name}
            onClick={() => onChange({ ...wish, publisher: name })}
          >
            {label} <span className={styles.chipCount}>{count}</span>
          </button>
        ))}
      </div>
      <Select
        aria-label="Size"
        placeholder="Any size"
        data={[...SIZES]}
        value={wish.size}
        onChange={(size) => onChange({ ...wish, size })}
        clearable
        size="xs"
        className={styles.select}
      />
      <Select
        aria-label="Monthly cost"
        placeholder="Any cost"
        data={[...MONEY, { value: "partly", label: "With prices missing" }]}
        value={wish.money}
        onChange={(money) => onChange({ ...wish, money: money as Wish["money"] })}
        clearable
        size="xs"
        className={styles.select}
      />
      <Select
        aria-label="Order"
        data={[
          { value: "smallest", label: "Smallest first" },
          { value: "cheapest", label: "Cheapest first" },
          { value: "name", label: "By name" },
        ]}
        value={wish.order}
        onChange={(order) => order && onChange({ ...wish, order })}
        allowDeselect={false}
        size="xs"
        className={styles.select}
      />
      <SegmentedControl
        aria-label="Form"
        className={styles.form}
        size="xs"
        value={wish.form}
        onChange={(form) => onChange({ ...wish, form: form as TemplateForm })}
        data={[
          { value: "published", label: "As published" },
          { value: "hardened", label: "Hardened" },
        ]}
      />
    </div>
  );
}

function CardsSkeleton() {
  return (
    <Loading label="Templates are loading">
      <ul className={styles.cards}>
        {[1, 2, 3, 4, 5, 6].map((place) => (
          <li key={place} className={styles.placeholder}>
            <Skeleton width="60%" />
            <Skeleton width="90%" />
          </li>
        ))}
      </ul>
    </Loading>
  );
}
