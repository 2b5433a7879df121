// Style sheets change without a flash: the new one is loaded before the old one goes.

const PATIENCE = 3000; // milliseconds after which a sheet that does not come is waited for no more
const FRESH = "backfile-version"; // asks past the cache for a sheet whose address stays the same

const sheetsOf = (root) => [...root.querySelectorAll("link[rel~=stylesheet][href]")];

function addressOf(href) {
  const url = new URL(href, document.baseURI);
  url.searchParams.delete(FRESH);
  return url.href;
}

/** Put a sheet after a node (or last into the head); true once it is loaded. */
function load(link, place, morph) {
  return new Promise((resolve) => {
    const done = new AbortController(); // Chromium keeps a sheet that has a listener for ever
    const end = (isLoaded) => (clearTimeout(timer), done.abort(), resolve(isLoaded));
    const timer = setTimeout(end, PATIENCE, false);
    link.addEventListener("load", () => end(true), { signal: done.signal });
    link.addEventListener("error", () => end(false), { signal: done.signal });
    morph.quietly(() => (place ? place.after(link) : document.head.append(link)));
  });
}

/** Change the sheets of the page: `pairs` of old and new address. One that fails leaves the old. */
export async function swapSheets(pairs, morph) {
  await Promise.all(
    pairs.flatMap(([from, to]) =>
      sheetsOf(document)
        .filter((link) => addressOf(link.href) === addressOf(from))
        .map(async (old) => {
          const url = new URL(to, document.baseURI);
          if (addressOf(from) === url.href) url.searchParams.set(FRESH, String(Date.now()));
          const link = old.cloneNode();
          link.setAttribute("href", url.pathname + url.search);
          const isLoaded = await load(link, old, morph);
          (isLoaded ? old : link).remove();
        }),
    ),
  );
  return true;
}

/** Load the sheets that the next document has and this one has not; name the others as they are here. */
export async function keepSheets(next, morph) {
  const loading = [];
  let place;
  for (const sheet of sheetsOf(next)) {
    const known = sheetsOf(document).find((link) => addressOf(link.href) === addressOf(sheet.href));
    if (known) sheet.setAttribute("href", known.getAttribute("href"));
    const link = known ?? document.importNode(sheet);
    if (!known) loading.push(load(link, place, morph));
    place = link;
  }
  await Promise.all(loading);
}
