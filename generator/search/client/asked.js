/** The hash of a page that search opens from a disk to be told its text (page.js). */
export const ASKED = "#backfile-text";
