import { Button, Modal, Select } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useNavigate } from "react-router";

import { errorSentence } from "@/api/client";
import { listClouds } from "@/api/deployer";
import { keys } from "@/api/keys";
import { type NewSize, planResize } from "@/api/running";
import type { Cloud, RunningResource, Stay } from "@/api/types";
import { useDesignStore } from "@/stores/designStore";
import { ErrorNotice } from "@/ui/ErrorNotice";
import { UnitInput } from "@/ui/UnitInput";

import own from "./RunningAside.module.css";

type Props = { designId: string; stay: Stay; resource: RunningResource | undefined; onClose: () => void };

/** Another size is an edit of the drawing and a plan: its money, quota and approval are looked at there. */
export function ResizeDialog({ resource, onClose, ...rest }: Props) {
  return (
    <Modal opened={resource !== undefined} onClose={onClose} title={`Resize ${resource?.name ?? ""}`} size={440}>
      {resource && <SizeForm resource={resource} onClose={onClose} {...rest} />}
    </Modal>
  );
}

function SizeForm({ designId, stay, resource, onClose }: Omit<Props, "resource"> & { resource: RunningResource }) {
  const queryClient = useQueryClient();
  const navigate = useNavigate();
  const clouds = useQuery({ queryKey: keys.clouds, queryFn: listClouds });
  const isServer = resource.kind === "server";
  const [flavor, setFlavor] = useState<string | null>(resource.flavor || null);
  const [size, setSize] = useState<number | string>(resource.size_gib ?? "");
  const plan = useMutation({
    mutationFn: async (asked: NewSize) => {
      await useDesignStore.getState().flush();
      return planResize(stay.id, asked);
    },
    onSuccess: async (made) => {
      await useDesignStore.getState().adoptServerEdit("Resize");
      queryClient.setQueryData(keys.plan(made.id), made);
      void navigate(`/designs/${designId}/deploy/plans/${made.id}`);
    },
  });
  const together = stay.resources.filter((one) => one.component === resource.component && one.kind === resource.kind);
  const isNew = isServer ? flavor !== null && flavor !== resource.flavor : Number(size) > (resource.size_gib ?? 0);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const { component } = resource;
    plan.mutate(isServer ? { component, flavor: flavor ?? "" } : { component, size_gib: Number(size) });
  };
  return (
    <form onSubmit={submit} className={own.form}>
      {isServer ? (
        <Select
          label="Flavor of the cloud"
          description={resource.flavor ? `It has ${resource.flavor} now.` : undefined}
          searchable
          data={flavorsOf(clouds.data?.find(({ id }) => id === stay.cloud), resource.region)}
          value={flavor}
          onChange={setFlavor}
          allowDeselect={false}
        />
      ) : (
        <UnitInput
          label="Size"
          description="A volume grows and never shrinks."
          unit="GiB"
          min={resource.size_gib ?? 1}
          max={1_000_000}
          allowDecimal={false}
          value={size}
          onChange={setSize}
          data-autofocus
        />
      )}
      <p className={own.hint}>
        {together.length > 1 && `${allOf(together)} are drawn as one, so they get the same size. `}
        The drawing gets the new size too. A plan shows what it costs before anything changes; what else was drawn
        meanwhile is in it.
      </p>
      {plan.isError && <ErrorNotice title={errorSentence(plan.error)} />}
      <div className={own.buttons}>
        <Button onClick={onClose}>Cancel</Button>
        <Button type="submit" variant="filled" loading={plan.isPending} disabled={!isNew}>
          Plan the new size
        </Button>
      </div>
    </form>
  );
}

const NAMED = 3;
const allOf = (together: readonly RunningResource[]): string =>
  together.length > NAMED
    ? `All ${together.length} of this component`
    : together.map((one) => one.name || one.key).join(" and ");

function flavorsOf(cloud: Cloud | undefined, region: string): { value: string; label: string }[] {
  const profile = cloud?.regions.find(({ name }) => name === region)?.profile ?? cloud?.profile;
  return (profile?.flavors ?? []).map(({ name, vcpus, ram_gib: ram }) => ({
    value: name,
    label: `${name}, ${vcpus} vCPU, ${ram} GiB`,
  }));
}
