// The connection to the server: one a tab, and none while the tab is hidden, for a browser allows
// six to a host.

const PAUSE = 1000; // milliseconds before a server that gave no stream is asked again

/** Hear the events of a server-sent stream: `handlers` by the event's name, given its data. */
export function listen(url, handlers) {
  let source, timer;
  const close = () => {
    clearTimeout(timer);
    source?.close();
    source = undefined;
  };
  const open = () => {
    if (source || document.hidden) return;
    clearTimeout(timer);
    source = new EventSource(url);
    for (const [name, handle] of Object.entries(handlers)) {
      source.addEventListener(name, ({ data }) => handle(JSON.parse(data)));
    }
    source.addEventListener("error", () => {
      // The browser tries again by itself where nobody answers, but not after a wrong answer.
      if (source?.readyState !== EventSource.CLOSED) return;
      close();
      timer = setTimeout(open, PAUSE);
    });
  };
  document.addEventListener("visibilitychange", () => (document.hidden ? close() : open()));
  addEventListener("pagehide", close);
  addEventListener("pageshow", open);
  open();
}
