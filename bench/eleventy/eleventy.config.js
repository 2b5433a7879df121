// The pages that Backfile makes of the same posts: see bench/build.py.

const PER_PAGE = 20;

const excerpt = (html) => {
  const text = html.replace(/<[^>]*>/g, " ").replace(/\s+/g, " ").trim();
  return text.length > 120 ? `${text.slice(0, 120)}…` : text;
};

const slug = (text) => encodeURIComponent(text).replace(/%/g, "");

// One entry a page: Eleventy paginates a list of terms, or of posts, but not the posts of each term.
const paginate = (posts, title, base) => {
  const pages = [];
  const last = Math.max(1, Math.ceil(posts.length / PER_PAGE));
  for (let number = 1; number <= last; number += 1) {
    const at = (page) => (page === 1 ? `${base}.html` : `${base}/${page}.html`);
    pages.push({
      title,
      posts: posts.slice((number - 1) * PER_PAGE, number * PER_PAGE),
      file: at(number),
      newer: number > 1 ? at(number - 1) : "",
      older: number < last ? at(number + 1) : "",
    });
  }
  return pages;
};

const group = (posts, key) => {
  const terms = new Map();
  for (const post of posts) {
    for (const term of [post.data[key] ?? []].flat()) {
      if (!terms.has(term)) terms.set(term, []);
      terms.get(term).push(post);
    }
  }
  return terms;
};

export default function configure(eleventy) {
  const newestFirst = (api) => api.getFilteredByGlob("posts/*.md").toSorted((a, b) => b.date - a.date);
  const moment = (date) => new Date(date.getTime() + 8 * 3600 * 1000).toISOString();

  eleventy.addFilter("excerpt", excerpt);
  eleventy.addFilter("termSlug", slug);
  eleventy.addFilter("moment", (date) => moment(date).slice(0, 16).replace("T", " "));
  eleventy.addFilter("iso", (date) => `${moment(date).slice(0, 19)}+08:00`);
  eleventy.addFilter("postFile", (page) => `${moment(page.date).slice(0, 10).replaceAll("-", "/")}/${page.fileSlug}.html`);
  eleventy.addFilter("neighbour", (posts, page, step) => {
    posts.places ??= new Map(posts.map((post, at) => [post.inputPath, at]));
    return posts[posts.places.get(page.inputPath) + step];
  });
  eleventy.addCollection("newest", newestFirst);
  eleventy.addCollection("pages", (api) => {
    const posts = newestFirst(api);
    const pages = paginate(posts, "Archive", "index");
    for (const [key, folder] of [["category", "category"], ["labels", "tag"]]) {
      for (const [term, found] of group(posts, key)) pages.push(...paginate(found, term, `${folder}/${slug(term)}`));
    }
    return pages;
  });
  eleventy.addCollection("indexes", (api) => {
    const posts = newestFirst(api);
    return [["category", "category", "栏目", "categories"], ["labels", "tag", "标签", "tags"]].map(([key, folder, title, file]) => ({
      title,
      file: `${file}.html`,
      terms: [...group(posts, key)].map(([term, found]) => ({
        title: term, href: `/${folder}/${slug(term)}.html`, count: found.length,
      })),
    }));
  });
  return { dir: { includes: "_includes", output: "output" }, markdownTemplateEngine: false };
}
