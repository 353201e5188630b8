import { createContext, type PointerEvent, useContext } from "react";

export type StartLink = (source: string, event: PointerEvent) => void;

/** Undefined on a canvas that can only be looked at: its nodes then have no handles. */
export const StartLinkContext = createContext<StartLink | undefined>(undefined);

export const useStartLink = (): StartLink | undefined => useContext(StartLinkContext);
