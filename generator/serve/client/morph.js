// Morphing the page in place, so that what a reader has done to it stays: open dialogs and
// details, typed text, focus, scroll positions, what scripts have added.

import { Idiomorph } from "idiomorph";

import { align } from "./align.js";

/** Form state, and the property that holds what was served. */
const DEFAULTS = { value: "defaultValue", checked: "defaultChecked", selected: "defaultSelected" };

/** Whether the reader has typed or chosen something else than was served. */
function isChosen(name, field) {
  const served = DEFAULTS[name];
  return served in field && field[name] !== field[served];
}

export class Morph {
  #made = new Set(); // elements that scripts have put in
  #owned = new WeakSet(); // elements that scripts have filled in the place of what was served
  #touched = new WeakMap(); // element → names of attributes that scripts or the reader have changed
  #observer = new MutationObserver((records) => this.#note(records));

  constructor() {
    this.#observe();
  }

  #observe() {
    this.#observer.observe(document, { subtree: true, childList: true, attributes: true });
  }

  /** Change the page without taking it for the work of others. */
  quietly(work) {
    this.#note(this.#observer.takeRecords());
    this.#observer.disconnect();
    try {
      return work();
    } finally {
      this.#observe();
    }
  }

  #note(records) {
    for (const { type, target, attributeName, addedNodes, removedNodes } of records) {
      if (type === "attributes") {
        if (!this.#touched.has(target)) this.#touched.set(target, new Set());
        this.#touched.get(target).add(attributeName);
      } else {
        for (const node of addedNodes) if (node.nodeType === Node.ELEMENT_NODE) this.#made.add(node);
        const isReplaced = addedNodes.length && [...removedNodes].some((node) => !this.#made.has(node));
        if (isReplaced && [...target.children].every((child) => this.#made.has(child))) this.#owned.add(target);
      }
    }
  }

  /** Whether a script has put this element in. */
  isMade(node) {
    return this.#made.has(node);
  }

  /** Make the page like the document `next`; `tag` stays whatever it says. */
  into(next, tag) {
    this.quietly(() => {
      for (const node of this.#made) if (!node.isConnected) this.#made.delete(node);
      // Idiomorph takes no element for another whose id differs.
      const nameless = [...this.#made].filter((node) => !node.hasAttribute("id"));
      nameless.forEach((node, number) => node.setAttribute("id", `backfile-made-${number}`));
      Idiomorph.morph(document.documentElement, next.documentElement, {
        head: { style: "morph" },
        callbacks: {
          beforeNodeMorphed: (live, wanted) => this.#prepare(live, wanted),
          beforeNodeRemoved: (node) => node !== tag && !this.#made.has(node),
          beforeAttributeUpdated: (name, element) =>
            !this.#touched.get(element)?.has(name) && !isChosen(name, element),
        },
      });
      nameless.forEach((node) => node.removeAttribute("id"));
    });
  }

  #prepare(live, wanted) {
    if (live.nodeType !== Node.ELEMENT_NODE) return true;
    if (this.#owned.has(live) || live.isEqualNode(wanted)) return false;
    align(live, wanted, (node) => this.#made.has(node));
    return true;
  }
}
