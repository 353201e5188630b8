import { useQuery } from "@tanstack/react-query";

import { keys } from "@/api/keys";
import { getSession } from "@/api/session";

export const useSession = () => useQuery({ queryKey: keys.session, queryFn: getSession, staleTime: 5 * 60_000 });
