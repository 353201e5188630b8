import { useReducedMotion } from "@mantine/hooks";
import { useEffect, useRef, useState } from "react";

const MILLISECONDS = 280;

/** Counts up or down to an amount. The last step is the amount itself, exactly as it was given. */
export function useCountedAmount(amount: string): string {
  const isStill = useReducedMotion();
  const [shown, setShown] = useState(amount);
  const latest = useRef(Number(amount));

  useEffect(() => {
    const from = latest.current;
    const to = Number(amount);
    const started = performance.now();
    let frame = 0;
    const step = (now: number): void => {
      const part = isStill || from === to ? 1 : Math.min(1, (now - started) / MILLISECONDS);
      const eased = 1 - (1 - part) ** 3;
      latest.current = from + (to - from) * eased;
      setShown(part === 1 ? amount : latest.current.toFixed(2));
      if (part < 1) frame = requestAnimationFrame(step);
    };
    frame = requestAnimationFrame(step);
    return () => cancelAnimationFrame(frame);
  }, [amount, isStill]);

  return shown;
}
