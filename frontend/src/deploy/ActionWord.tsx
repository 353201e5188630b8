import {
  type Icon,
  IconCircleCheck,
  IconCircleMinus,
  IconCirclePlus,
  IconPencil,
  IconReplace,
  IconUser,
} from "@tabler/icons-react";

import type { Action } from "@/api/types";

import styles from "./ActionWord.module.css";

const WORDS: Record<Action | "by_hand", { word: string; icon: Icon }> = {
  create: { word: "Create", icon: IconCirclePlus },
  update: { word: "Update", icon: IconPencil },
  replace: { word: "Replace", icon: IconReplace },
  delete: { word: "Delete", icon: IconCircleMinus },
  nothing: { word: "Keep", icon: IconCircleCheck },
  by_hand: { word: "By hand", icon: IconUser },
};

export function ActionWord({ action }: { action: Action | "by_hand" }) {
  const { word, icon: Picture } = WORDS[action];
  return (
    <span className={styles.action} data-action={action}>
      <Picture size={16} stroke={1.75} aria-hidden="true" />
      {word}
    </span>
  );
}
