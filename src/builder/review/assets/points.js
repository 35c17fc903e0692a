/** Offsets count code points; a text without astral characters is cut as it is. */
function pointsOf(text) {
  const points = /[\ud800-\udfff]/.test(text) ? Array.from(text) : null;
  return {
    length: points ? points.length : text.length,
    cut: (start, end) => (points ? points.slice(start, end).join("") : text.slice(start, end)),
  };
}

function countPoints(text) {
  return /[\ud800-\udfff]/.test(text) ? Array.from(text).length : text.length;
}

const CONTEXT = 32;

/** A passage with its surroundings, as decisions anchor it. */
function spanAt(article, start, end) {
  const { points } = article;
  return {
    text: points.cut(start, end),
    start,
    end,
    prefix: points.cut(Math.max(0, start - CONTEXT), start),
    suffix: points.cut(end, end + CONTEXT),
  };
}
