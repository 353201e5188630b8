import { Button, FileButton, Textarea, TextInput } from "@mantine/core";
import { IconPhoto } from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";

import { errorSentence } from "@/api/client";
import { keys } from "@/api/keys";
import { changeLogo, changeSellerProfile, removeLogo } from "@/api/proposals";
import type { SellerProfile } from "@/api/types";
import { ErrorNotice } from "@/ui/ErrorNotice";

import styles from "./SellerScreen.module.css";

/** Name, address, colour and logo, beside the cover that they make. Frozen versions keep what they had. */
export function Letterhead({ profile }: { profile: SellerProfile }) {
  const queryClient = useQueryClient();
  const [said, setSaid] = useState(profile);
  const keep = (kept: SellerProfile) => queryClient.setQueryData(keys.seller_profile, kept);
  const save = useMutation({
    mutationFn: () => {
      const { name, contact, address, color, valid_days } = said;
      return changeSellerProfile({ name, contact, address, color, valid_days });
    },
    onSuccess: keep,
  });
  const set = (change: Partial<SellerProfile>) => {
    save.reset();
    setSaid((before) => ({ ...before, ...change }));
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate();
  };
  return (
    <section className={styles.pane} aria-labelledby="letterhead">
      <h2 id="letterhead" className={styles.heading}>
        Letterhead
      </h2>
      <Cover seller={{ ...said, logo: profile.logo }} />
      <Logo profile={profile} onKept={keep} />
      <form className={styles.form} onSubmit={submit}>
        <TextInput label="Name" required value={said.name} maxLength={200} onChange={(event) => set({ name: event.currentTarget.value })} />
        <TextInput
          label="Prepared by"
          description="A person, with a number or an address."
          value={said.contact ?? ""}
          maxLength={200}
          onChange={(event) => set({ contact: event.currentTarget.value })}
        />
        <Textarea
          label="Address"
          value={said.address ?? ""}
          maxLength={1000}
          autosize
          minRows={2}
          maxRows={6}
          onChange={(event) => set({ address: event.currentTarget.value })}
        />
        <div className={styles.two}>
          <TextInput
            label="Colour"
            type="color"
            value={said.color ?? "#2f5bea"}
            onChange={(event) => set({ color: event.currentTarget.value.toLowerCase() })}
          />
          <TextInput
            label="Offers are valid for, days"
            type="number"
            min={1}
            max={365}
            value={String(said.valid_days ?? "")}
            onChange={(event) => set({ valid_days: Number(event.currentTarget.value) })}
          />
        </div>
        {save.isError && <ErrorNotice title={errorSentence(save.error)} />}
        <div className={styles.buttons}>
          <Button type="submit" variant="filled" loading={save.isPending}>
            Save the letterhead
          </Button>
          <span className={styles.note} role="status">
            {save.isSuccess && "Saved. New versions carry it."}
          </span>
        </div>
      </form>
    </section>
  );
}

function Logo({ profile, onKept }: { profile: SellerProfile; onKept: (kept: SellerProfile) => void }) {
  const change = useMutation({ mutationFn: changeLogo, onSuccess: onKept });
  const remove = useMutation({ mutationFn: removeLogo, onSuccess: onKept });
  const failed = change.error ?? remove.error;
  const choose = (file: File | null) => {
    remove.reset();
    if (file) change.mutate(file);
  };
  return (
    <div className={styles.form}>
      <div className={styles.buttons}>
        <FileButton onChange={choose} accept="image/png,image/jpeg,image/webp,image/gif">
          {(props) => (
            <Button {...props} loading={change.isPending} leftSection={<IconPhoto size={16} stroke={1.75} />}>
              {profile.logo ? "Another logo" : "Add a logo"}
            </Button>
          )}
        </FileButton>
        {profile.logo && (
          <Button onClick={() => remove.mutate()} loading={remove.isPending}>
            Remove it
          </Button>
        )}
        <span className={styles.note}>PNG, JPEG, WebP or GIF, 2 MB at most.</span>
      </div>
      {failed && <ErrorNotice title={errorSentence(failed)} />}
    </div>
  );
}

function Cover({ seller }: { seller: SellerProfile }) {
  return (
    <figure className={styles.cover} aria-label="The cover">
      <div className={styles.band}>
        <span className={styles.who}>
          {seller.logo && <img className={styles.logo} src={`data:image/png;base64,${seller.logo}`} alt="" />}
          {seller.name}
        </span>
        <span className={styles.rule} style={{ background: seller.color }} />
        <span className={styles.words}>Web shop</span>
        <span className={styles.for}>for a customer</span>
      </div>
      <figcaption className={styles.foot}>{(seller.address ?? "").split("\n").filter(Boolean).join(" · ") || "Your address"}</figcaption>
    </figure>
  );
}
