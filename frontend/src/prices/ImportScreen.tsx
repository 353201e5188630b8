import { Button, FileInput, NativeSelect, TextInput } from "@mantine/core";
import { IconArrowLeft, IconFileSpreadsheet } from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { Link, useNavigate } from "react-router";

import { ApiError, errorSentence } from "@/api/client";
import { keys } from "@/api/keys";
import { importPrices } from "@/api/prices";
import { Screen } from "@/app/Screen";
import { countOf } from "@/ui/count";
import { ErrorNotice } from "@/ui/ErrorNotice";

import { ImportOutcome } from "./ImportOutcome";
import styles from "./ImportScreen.module.css";

const KINDS = [
  { value: "", label: "By the file’s ending" },
  { value: "collected", label: "Table of prices (CSV or XLSX)" },
  { value: "book", label: "Price book of this product (JSON)" },
  { value: "ovh", label: "OVHcloud’s order catalogue (JSON)" },
  { value: "outscale", label: "OUTSCALE’s catalogue (JSON)" },
  { value: "cloudkitty", label: "CloudKitty’s hashmap rules (JSON)" },
];

const SAID = [
  { name: "key", label: "Key", placeholder: "own-prices" },
  { name: "title", label: "Title", placeholder: "Own prices, 2026" },
  { name: "provider", label: "Provider", placeholder: "" },
  { name: "region", label: "Region", placeholder: "" },
  { name: "currency", label: "Currency", placeholder: "EUR" },
  { name: "source_url", label: "Source", placeholder: "https://" },
] as const;

/** A price list is looked at first: what it would add, change and remove, and what is wrong by row. Only then is it kept. */
export function ImportScreen() {
  const [file, setFile] = useState<File | null>(null);
  const [kind, setKind] = useState("");
  const [said, setSaid] = useState<Record<string, string>>({});
  const client = useQueryClient();
  const navigate = useNavigate();
  const look = useMutation({
    mutationFn: () => {
      if (!file) throw new Error("Choose a file first.");
      return importPrices({ file, kind, said }, true);
    },
  });
  const keep = useMutation({
    mutationFn: () => {
      if (!file) throw new Error("Choose a file first.");
      return importPrices({ file, kind, said }, false);
    },
    onSuccess: async (report) => {
      await client.invalidateQueries({ queryKey: keys.price_books });
      const [only] = report.books;
      if (report.books.length === 1 && only) await navigate(`/prices/${encodeURIComponent(only.key)}`);
    },
  });
  const startOver = () => {
    look.reset();
    keep.reset();
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    keep.reset();
    look.mutate();
  };
  const report = keep.data ?? look.data;
  const canKeep = look.data !== undefined && look.data.errors.length === 0 && look.data.books.length > 0;
  const failed = keep.error ?? look.error;
  return (
    <Screen
      title="Import prices"
      actions={
        <Button component={Link} to="/prices" leftSection={<IconArrowLeft size={16} stroke={1.75} />}>
          All price books
        </Button>
      }
    >
      <div className={styles.panes}>
        <form onSubmit={submit} className={styles.form}>
          <FileInput
            label="Price list"
            description="CSV, XLSX or JSON, 20 MB at most"
            placeholder="Choose a file"
            accept=".csv,.xlsx,.json"
            leftSection={<IconFileSpreadsheet size={16} stroke={1.75} />}
            value={file}
            onChange={(next) => {
              setFile(next);
              startOver();
            }}
            clearable
            clearButtonProps={{ "aria-label": "Choose no file" }}
          />
          <NativeSelect
            label="What it is"
            value={kind}
            onChange={(event) => {
              setKind(event.currentTarget.value);
              startOver();
            }}
            data={KINDS}
          />
          <fieldset className={styles.said}>
            <legend>What the file doesn’t say</legend>
            {SAID.map(({ name, label, placeholder }) => (
              <TextInput
                key={name}
                size="xs"
                label={label}
                placeholder={placeholder}
                value={said[name] ?? ""}
                onChange={(event) => {
                  const { value } = event.currentTarget;
                  setSaid((before) => ({ ...before, [name]: name === "currency" ? value.toUpperCase() : value }));
                  startOver();
                }}
              />
            ))}
            <TextInput
              size="xs"
              type="date"
              label="Valid from"
              value={said.valid_from ?? ""}
              onChange={(event) => {
                const { value } = event.currentTarget;
                setSaid((before) => ({ ...before, valid_from: value }));
                startOver();
              }}
            />
          </fieldset>
          <Button type="submit" variant={canKeep ? "default" : "filled"} loading={look.isPending} disabled={!file}>
            Try it, keep nothing
          </Button>
        </form>
        <div className={styles.outcome} aria-live="polite">
          {failed && (
            <ErrorNotice title={errorSentence(failed)}>
              {failed instanceof ApiError && failed.reasons.length > 0 && (
                <ul className={styles.reasons}>
                  {failed.reasons.slice(0, 50).map(({ at, detail }, index) => (
                    <li key={index}>
                      {at && <code>{at}</code>} {detail}
                    </li>
                  ))}
                </ul>
              )}
            </ErrorNotice>
          )}
          {report ? (
            <ImportOutcome report={report} />
          ) : (
            !failed && <p className={styles.hint}>The report shows here: what is added, changed and removed, and what is wrong in which row. Nothing is kept until you say so, and nothing prices a design until it is published.</p>
          )}
          {canKeep && !keep.data && (
            <Button variant="filled" loading={keep.isPending} onClick={() => keep.mutate()} className={styles.keep}>
              Keep as {look.data.books.length === 1 ? "a draft" : countOf(look.data.books.length, "draft")}
            </Button>
          )}
        </div>
      </div>
    </Screen>
  );
}
