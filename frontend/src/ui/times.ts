/** Times as people say them: `4 min ago` while fresh, then a date. */
export function formatAgo(timestamp: string, now: number = Date.now()): string {
  const moment = new Date(timestamp);
  const seconds = Math.max(0, (now - moment.getTime()) / 1000);
  if (seconds < 60) return "now";
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ago`;
  if (seconds < 86_400) return `${Math.floor(seconds / 3600)} h ago`;
  if (seconds < 2 * 86_400) return "Yesterday";
  return formatDate(timestamp, now);
}

/** `17 Nov`, with the year when it isn't this one. */
export function formatDate(timestamp: string, now: number = Date.now()): string {
  const moment = new Date(timestamp);
  const sameYear = moment.getFullYear() === new Date(now).getFullYear();
  return moment.toLocaleDateString("en-GB", {
    day: "numeric",
    month: "short",
    ...(sameYear ? {} : { year: "numeric" }),
  });
}

/** `14:07:41` */
export function formatClock(timestamp: string): string {
  return new Date(timestamp).toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit", second: "2-digit" });
}

/** `2 min 41 s` */
export function formatDuration(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  return `${Math.floor(whole / 3600)} h ${Math.floor((whole % 3600) / 60)} min`;
}

export function secondsUntil(timestamp: string, now: number = Date.now()): number {
  return (new Date(timestamp).getTime() - now) / 1000;
}
