import { Button } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import { useEffect } from "react";
import { create } from "zustand";

import { IconButton } from "./IconButton";
import styles from "./toasts.module.css";

type Toast = {
  id: number;
  text: string;
  action?: { label: string; run: () => void };
  onGone?: () => void;
  seconds: number;
};

const useToasts = create<{ toasts: Toast[] }>(() => ({ toasts: [] }));
let nextId = 1;

/**
 * Say something that needs no answer; errors belong where they happened, not here.
 * `onGone` runs once when the toast leaves without its action having been used.
 */
export function showToast(toast: Omit<Toast, "id" | "seconds"> & { seconds?: number }): void {
  const shown = { seconds: 8, ...toast, id: nextId++ };
  useToasts.setState(({ toasts }) => ({ toasts: [...toasts, shown] }));
}

function closeToast(id: number, usedAction = false): void {
  const toast = useToasts.getState().toasts.find((candidate) => candidate.id === id);
  if (!toast) return;
  useToasts.setState(({ toasts }) => ({ toasts: toasts.filter((other) => other.id !== id) }));
  if (usedAction) toast.action?.run();
  else toast.onGone?.();
}

export function Toasts() {
  const toasts = useToasts((state) => state.toasts);
  // What a toast was holding back must happen before the page goes.
  useEffect(() => {
    const closeAll = () => useToasts.getState().toasts.forEach((toast) => closeToast(toast.id));
    window.addEventListener("pagehide", closeAll);
    return () => window.removeEventListener("pagehide", closeAll);
  }, []);
  return (
    <div className={styles.stack} role="status" aria-live="polite">
      {toasts.map((toast) => (
        <ToastCard key={toast.id} toast={toast} />
      ))}
    </div>
  );
}

function ToastCard({ toast }: { toast: Toast }) {
  useEffect(() => {
    const timer = setTimeout(() => closeToast(toast.id), toast.seconds * 1000);
    return () => clearTimeout(timer);
  }, [toast.id, toast.seconds]);
  return (
    <div className={styles.toast}>
      <span>{toast.text}</span>
      {toast.action && (
        <Button size="xs" onClick={() => closeToast(toast.id, true)}>
          {toast.action.label}
        </Button>
      )}
      <IconButton label="Dismiss" size={28} onClick={() => closeToast(toast.id)}>
        <IconX size={16} stroke={1.75} />
      </IconButton>
    </div>
  );
}
