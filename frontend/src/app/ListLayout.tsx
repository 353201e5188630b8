import { Menu, UnstyledButton, VisuallyHidden } from "@mantine/core";
import {
  type Icon,
  IconCategory,
  IconCloud,
  IconFileDescription,
  IconLogout,
  IconMoon,
  IconReceipt2,
  IconSelector,
  IconSun,
  IconTemplate,
  IconUserCheck,
  IconVector,
} from "@tabler/icons-react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { NavLink, Outlet } from "react-router";

import { getApprovalRule, listClouds, listPlansToApprove } from "@/api/deployer";
import { listDesigns } from "@/api/designs";
import { keys } from "@/api/keys";
import { signOut } from "@/api/session";
import type { User } from "@/api/types";
import { changeSession } from "@/session/changeSession";
import { useSession } from "@/session/useSession";
import { Mark } from "@/ui/Mark";

import styles from "./ListLayout.module.css";
import { useScheme } from "./useScheme";

/** Navigation on the left, a list screen beside it. */
export function ListLayout() {
  const user = useSession().data?.user;
  const designs = useQuery({ queryKey: keys.designs, queryFn: listDesigns });
  const clouds = useQuery({ queryKey: keys.clouds, queryFn: listClouds });
  const rule = useQuery({ queryKey: keys.approval_rule, queryFn: getApprovalRule });
  const waiting = useQuery({
    queryKey: keys.plans_to_approve,
    queryFn: listPlansToApprove,
    enabled: rule.data?.may_approve === true,
  });
  // Whoever has no part in approvals, or where there are none, is not bothered with the place.
  const asksForApproval = rule.data && (rule.data.may_change || rule.data.may_approve);
  return (
    <div className={styles.layout}>
      <nav className={styles.nav} aria-label="Main">
        <span className={styles.brand}>
          <Mark />
          Stackdraft
        </span>
        <Place to="/designs" icon={IconVector} label="Designs" count={designs.data?.length} />
        <Place to="/templates" icon={IconTemplate} label="Templates" />
        <Place to="/proposals" icon={IconFileDescription} label="Proposals" />
        <Place to="/clouds" icon={IconCloud} label="Clouds" count={clouds.data?.length} />
        {asksForApproval && (
          <Place to="/approvals" icon={IconUserCheck} label="Approvals" count={waiting.data?.length} />
        )}
        <span className={styles.heading}>Library</span>
        <Place to="/prices" icon={IconReceipt2} label="Price books" />
        <Place to="/component-types" icon={IconCategory} label="Component types" />
        {user && <Account user={user} />}
      </nav>
      <Outlet />
    </div>
  );
}

function Place({ to, icon: Picture, label, count }: { to: string; icon: Icon; label: string; count?: number }) {
  return (
    <NavLink to={to} className={styles.place}>
      <Picture size={16} stroke={1.75} aria-hidden="true" />
      <span className={styles.placeLabel}>{label}</span>
      {count ? (
        <span className={styles.count} aria-hidden="true">
          {count}
        </span>
      ) : null}
    </NavLink>
  );
}

function Account({ user }: { user: User }) {
  const { scheme, switchScheme } = useScheme();
  const queryClient = useQueryClient();
  const leave = useMutation({
    mutationFn: signOut,
    onSuccess: () => changeSession(queryClient, { user: null }),
  });
  return (
    <Menu position="top-start" width={200} withinPortal>
      <Menu.Target>
        <UnstyledButton className={styles.account}>
          <VisuallyHidden>Account of</VisuallyHidden>
          <span className={styles.avatar} aria-hidden="true">
            {initials(user.name)}
          </span>
          <span className={styles.who}>
            <span className={styles.name}>{user.name}</span>
            <span className={styles.username}>{user.username}</span>
          </span>
          <IconSelector size={16} stroke={1.75} aria-hidden="true" />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item
          leftSection={scheme === "dark" ? <IconSun size={16} stroke={1.75} /> : <IconMoon size={16} stroke={1.75} />}
          onClick={switchScheme}
        >
          {scheme === "dark" ? "Light colours" : "Dark colours"}
        </Menu.Item>
        <Menu.Item leftSection={<IconLogout size={16} stroke={1.75} />} onClick={() => leave.mutate()}>
          Sign out
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

function initials(name: string): string {
  const words = name.trim().split(/\s+/);
  const letters = [words[0], words.length > 1 ? words.at(-1) : undefined].map((word) => [...(word ?? "")][0] ?? "");
  return letters.join("").toUpperCase();
}
