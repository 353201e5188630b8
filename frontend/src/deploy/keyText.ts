/** A key as people read it: what carries no record of ours has the cloud's id behind a `~`. */
export const keyText = (key: string): string => key.replace(/~.*/, "");
