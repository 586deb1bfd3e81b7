// Elements of the page.

const find = (selector) => document.querySelector(selector);

function element(tag, name, text = '') {
  const node = document.createElement(tag);
  if (name) node.className = name;
  if (text) node.textContent = text;
  return node;
}
