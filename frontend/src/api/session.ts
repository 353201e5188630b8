import { get, post, remove } from "./client";
import type { Session } from "./types";

export const getSession = () => get<Session>("/api/session/");
export const signIn = (username: string, password: string) => post<Session>("/api/session/", { username, password });
export const signOut = () => remove("/api/session/");
