// Which child of the next page is which child of this one.
//
// Idiomorph pairs elements without an id by their place. After a new paragraph every later one
// would be written over, and a video between them lost. So what is new is put in, and what is gone
// taken out, before it looks: then the places are right.

const MOST = 250_000; // pairs that are weighed; lists longer than that are left to idiomorph

/** How alike two nodes are: 0 where one cannot become the other. */
function likeness(a, b) {
  if (a.node.nodeName !== b.node.nodeName) return 0;
  if (a.key === b.key) return a.isBlank ? 1 : 8;
  if (a.node.nodeType !== Node.ELEMENT_NODE) return a.isBlank || b.isBlank ? 0 : 1;
  if (a.node.id !== b.node.id) return 0;
  return a.node.id ? 6 : a.node.className === b.node.className ? 3 : 2;
}

function weighable(node) {
  const key = node.outerHTML ?? node.nodeValue;
  return { node, key, isBlank: node.nodeType === Node.TEXT_NODE && !key.trim() };
}

/** The heaviest pairing in order: for each of `theirs` its index in `ours`, or -1. */
function pair(ours, theirs) {
  const width = theirs.length + 1;
  const best = new Int32Array((ours.length + 1) * width);
  for (let i = ours.length - 1; i >= 0; i--) {
    for (let j = theirs.length - 1; j >= 0; j--) {
      const weight = likeness(ours[i], theirs[j]);
      const apart = Math.max(best[(i + 1) * width + j], best[i * width + j + 1]);
      best[i * width + j] = weight ? Math.max(apart, weight + best[(i + 1) * width + j + 1]) : apart;
    }
  }
  const partners = new Array(theirs.length).fill(-1);
  for (let i = 0, j = 0; i < ours.length && j < theirs.length; ) {
    const weight = likeness(ours[i], theirs[j]);
    if (weight && best[i * width + j] === weight + best[(i + 1) * width + j + 1]) partners[j++] = i++;
    else if (best[i * width + j] === best[(i + 1) * width + j]) i++;
    else j++;
  }
  return partners;
}

/** Whether a node holds an id that another document has: idiomorph moves it there itself. */
const isKnownIn = (node, other) =>
  node.nodeType === Node.ELEMENT_NODE &&
  [node, ...node.querySelectorAll("[id]")].some(({ id }) => id && other.getElementById(id));

/** Give `live` a child for each child of `next`, in order. `isMade` tells what is not from a server. */
export function align(live, next, isMade) {
  let ours = [...live.childNodes].filter((node) => !isMade(node));
  let theirs = [...next.childNodes];
  let before; // the last child that is in its place
  while (ours.length && theirs.length && ours[0].isEqualNode(theirs[0])) {
    before = ours.shift();
    theirs.shift();
  }
  while (ours.length && theirs.length && ours.at(-1).isEqualNode(theirs.at(-1))) {
    ours.pop();
    theirs.pop();
  }
  if (ours.length * theirs.length > MOST) return;
  const partners = pair(ours.map(weighable), theirs.map(weighable));
  theirs.forEach((node, j) => {
    let own = ours[partners[j]];
    if (!own && !isKnownIn(node, document)) {
      own = document.importNode(node, true);
      before ? before.after(own) : live.prepend(own);
    }
    before = own ?? before;
  });
  const kept = new Set(partners);
  ours.forEach((node, i) => kept.has(i) || isKnownIn(node, next.ownerDocument) || node.remove());
}
