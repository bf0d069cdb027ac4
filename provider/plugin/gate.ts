// Listens before there is anybody to answer: connections wait until a server takes them over.
import { createServer, type Server, type Socket } from 'node:net';

export type Gate = {
  /** What listens. */
  net: Server;
  /** Hands over what waits and what comes. `to` is a server that does not listen itself. */
  open: (to: { emit: (event: 'connection', socket: Socket) => boolean }) => void;
};

/** Loading HTTP/2 costs more than starting Node: the host is answered before that. */
export function newGate(): Gate {
  const waiting: Socket[] = [];
  let take = (socket: Socket): void => void waiting.push(socket);
  // Nothing is read before its reader is there.
  const net = createServer({ pauseOnConnect: true }, (socket) => take(socket));
  const hand = (to: Parameters<Gate['open']>[0], socket: Socket): void => {
    to.emit('connection', socket);
    socket.resume();
  };
  return {
    net,
    open: (to) => {
      take = (socket) => hand(to, socket);
      for (const socket of waiting.splice(0)) hand(to, socket);
    },
  };
}
