// Elements, made of data alone: no text ever becomes markup.

/** An element with attributes (properties where they start with "on") and children. */
export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith("on")) made.addEventListener(key.slice(2), value);
    else if (value === true) made.setAttribute(key, "");
    else if (value !== false && value !== undefined) made.setAttribute(key, value);
  }
  made.append(...children.filter((child) => child !== null && child !== undefined));
  return made;
}

/** Parts `[text, isMarked]` as text and `<mark>`. */
export const markedParts = (parts) => parts.map(([text, isMarked]) => (isMarked ? element("mark", {}, text) : text));
