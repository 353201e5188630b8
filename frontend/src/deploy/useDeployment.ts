import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";

import { getDeployment } from "@/api/deployer";
import { keys } from "@/api/keys";

import { isOver } from "./progress";

const POLL_SECONDS = 2;
// With an open socket polling only covers a message that went astray.
const POLL_SECONDS_WITH_SOCKET = 10;
const MOST_OFTEN_SECONDS = 0.4;
const RECONNECT_SECONDS = 3;

/** A deployment that keeps itself fresh: the socket says "look again", the answer comes from the API. */
export function useDeployment(id: string) {
  const [isListening, setListening] = useState(false);
  const deployment = useQuery({
    queryKey: keys.deployment(id),
    queryFn: () => getDeployment(id),
    staleTime: 0,
    refetchInterval: ({ state }) => {
      if (state.data && isOver(state.data.status)) return false;
      return (isListening ? POLL_SECONDS_WITH_SOCKET : POLL_SECONDS) * 1000;
    },
  });
  const isUnderWay = deployment.data !== undefined && !isOver(deployment.data.status);
  useLookAgain(id, isUnderWay, setListening);
  useRefreshListsAtTheEnd(deployment.data?.design, isUnderWay);
  return deployment;
}

/** Fetch whenever the server says that something changed. Bursts become one fetch, and the last one always counts. */
function useLookAgain(id: string, isUnderWay: boolean, setListening: (isListening: boolean) => void): void {
  const queryClient = useQueryClient();
  useEffect(() => {
    if (!isUnderWay) return;
    let socket: WebSocket | undefined;
    let reconnect: ReturnType<typeof setTimeout> | undefined;
    let look: ReturnType<typeof setTimeout> | undefined;

    const lookSoon = () => {
      look ??= setTimeout(() => {
        look = undefined;
        void queryClient.invalidateQueries({ queryKey: keys.deployment(id) });
      }, MOST_OFTEN_SECONDS * 1000);
    };
    const listen = () => {
      const scheme = window.location.protocol === "https:" ? "wss" : "ws";
      socket = new WebSocket(`${scheme}://${window.location.host}/ws/deployments/${id}/`);
      socket.onopen = () => {
        setListening(true);
        lookSoon();
      };
      socket.onmessage = lookSoon;
      socket.onclose = () => {
        setListening(false);
        reconnect = setTimeout(listen, RECONNECT_SECONDS * 1000);
      };
    };
    listen();
    return () => {
      clearTimeout(reconnect);
      clearTimeout(look);
      setListening(false);
      if (socket) {
        socket.onclose = null;
        socket.close();
      }
    };
  }, [id, isUnderWay, queryClient, setListening]);
}

/** Lists elsewhere show how a design stands; they are out of date once a deployment begins or ends. */
function useRefreshListsAtTheEnd(design: string | undefined, isUnderWay: boolean): void {
  const queryClient = useQueryClient();
  useEffect(() => {
    if (!design) return;
    void queryClient.invalidateQueries({ queryKey: keys.designs, exact: true });
    void queryClient.invalidateQueries({ queryKey: keys.deployments(design) });
    void queryClient.invalidateQueries({ queryKey: keys.clouds });
  }, [design, isUnderWay, queryClient]);
}
