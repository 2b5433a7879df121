// For other Lunr clients that load search/lunr.json: spells longer runs of Han as Lunr can find them.
//
//   const index = lunr.Index.load(json);
//   index.search(lunrBigrams("赣南脐橙"));   // "+赣南 +南脐 +脐橙"
//   index.search(lunrBigrams("title:赣南脐橙 linux"));
//
// One or two characters and words need nothing of this: the index holds them as they are.

(function (scope) {
  var run = /[+]?([a-z]+:)?([\u1100-\u11ff\u2e80-\u2fdf\u3005-\u3007\u3041-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\uf900-\ufaff]{3,})/g;

  function lunrBigrams(query) {
    return query.replace(run, function (_, field, text) {
      var pairs = [];
      for (var i = 0; i + 1 < text.length; i++) pairs.push("+" + (field || "") + text.slice(i, i + 2));
      return " " + pairs.join(" ") + " ";
    });
  }

  if (typeof module === "object") module.exports = lunrBigrams;
  else scope.lunrBigrams = lunrBigrams;
})(typeof self === "undefined" ? globalThis : self);
