import { useEffect, useState } from "react";

/** The time, fresh every `everySeconds`; still while `isRunning` is false. */
export function useNow(everySeconds: number, isRunning = true): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    if (!isRunning) return;
    const timer = setInterval(() => setNow(Date.now()), everySeconds * 1000);
    return () => clearInterval(timer);
  }, [everySeconds, isRunning]);
  return now;
}
