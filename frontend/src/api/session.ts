import { get, post, remove } from "./client";
import type { Session } from "./types";

export const get_session = () => get<Session>("/api/session/");
export const sign_in = (username: string, password: string) => post<Session>("/api/session/", { username, password });
export const sign_out = () => remove("/api/session/");
