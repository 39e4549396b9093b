// Opens pages that the program wrote in a real browser, on phones, on a desk and on paper, by day and by night.
//
//     node check.mjs pages.json
//
// `pages.json` is a list of {name, file, sheets}: what a page is called, where it stands, and the most sheets of paper that it
// may take, or null. Each fault is a line on standard error. Exits: 0 all is well, 1 faults, 77 there is nothing to check with.

import { accessSync, constants, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { delimiter, join } from "node:path";
import { pathToFileURL } from "node:url";

const BROWSERS = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
const ARGUMENTS = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];
const SCREENS = [
  { name: "small phone", width: 320, height: 640, looks: true },
  // Between the others: that it fits is enough.
  { name: "phone", width: 375, height: 812, looks: false },
  { name: "desk", width: 1280, height: 900, looks: true },
];
const SCHEMES = ["light", "dark"];
const PAPERS = ["A4", "Letter"];
/// What A4 leaves between its margins, at 96 pixels an inch; Letter leaves more.
const PRINTED = { width: 695, height: 1000 };
const RULES = {
  runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
  // Off unless it is asked for.
  rules: { "target-size": { enabled: true } },
  // The page has all that it needs; looking for more would be a request.
  preload: false,
};

/// Each fault with where it was seen.
const faults = new Map();

function skip(reason) {
  console.error(`skipped: ${reason}`);
  process.exit(77);
}

/// The first of the names that is a program on the path.
function found(names) {
  const folders = (process.env.PATH ?? "").split(delimiter).filter(Boolean);
  const places = names.flatMap((name) => folders.map((folder) => join(folder, name)));
  return places.find((place) => {
    try {
      accessSync(place, constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

/// The packages of `package.json`.
async function packages() {
  try {
    const { chromium } = await import("playwright-core");
    const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
    return { chromium, axe };
  } catch (error) {
    return skip(`its packages are not installed: run \`npm ci\` in tests/browser (${error.code ?? error.message})`);
  }
}

/// How wide the page is, and how wide it may be.
function widths() {
  const root = document.documentElement;
  return [root.scrollWidth, root.clientWidth];
}

/// The texts that somebody can see now.
function textsSeen() {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const seen = [];
  while (walker.nextNode()) {
    const text = walker.currentNode.data.replace(/\s+/g, " ").trim();
    const range = document.createRange();
    range.selectNodeContents(walker.currentNode);
    const sized = [...range.getClientRects()].some((box) => box.width > 0 && box.height > 0);
    if (text && sized && walker.currentNode.parentElement.checkVisibility({ opacityProperty: true, visibilityProperty: true })) {
      seen.push(text);
    }
  }
  return seen;
}

/// What axe finds wrong, and each contrast that it cannot tell but for those in pictures and beside a table that is moved.
async function barriers(page, axe) {
  await page.evaluate(axe);
  const { violations, incomplete } = await page.evaluate((rules) => window.axe.run(document, rules), RULES);
  const moved = ["elmPartiallyObscured", "elmPartiallyObscuring"];
  const isKnown = (node) => node.html.startsWith("<text") || moved.includes(node.any[0]?.data?.messageKey);
  const untold = incomplete
    .filter((rule) => rule.id === "color-contrast")
    .map((rule) => ({ ...rule, nodes: rule.nodes.filter((node) => !isKnown(node)) }))
    .filter((rule) => rule.nodes.length > 0);
  return [...violations, ...untold].map((rule) => {
    const places = rule.nodes.map((node) => `${node.target.join(" ")} (${node.any[0]?.message ?? node.failureSummary})`);
    return `${rule.id}: ${rule.help}: ${places.slice(0, 3).join("; ")}`;
  });
}

/// Words and shapes of pictures that are hard to see: axe does not look into them. Limits of WCAG 2.2, 1.4.3 and 1.4.11.
function faintInPictures() {
  const light = (color) => {
    const [red, green, blue] = color.match(/[\d.]+/g).map((part) => part / 255);
    const linear = (part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
    return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
  };
  const contrast = (one, other) => {
    const [low, high] = [light(one), light(other)].sort((a, b) => a - b);
    return (high + 0.05) / (low + 0.05);
  };
  const behind = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const color = getComputedStyle(at).backgroundColor;
      if (color !== "rgba(0, 0, 0, 0)") return color;
    }
    return "rgb(255, 255, 255)";
  };
  return [...document.querySelectorAll("svg :is(text, rect, circle)")].flatMap((shape) => {
    const style = getComputedStyle(shape);
    const [color, enough] = shape.matches("text") ? [style.fill, 4.5] : [style.stroke === "none" ? style.fill : style.stroke, 3];
    // A number stands in the circle before it.
    const ground = shape.matches(".digits") ? getComputedStyle(shape.previousElementSibling).fill : behind(shape);
    const found = contrast(color, ground);
    return found < enough ? [`${shape.outerHTML.slice(0, 80)} has a contrast of ${found.toFixed(1)}`] : [];
  });
}

/// Pictures that say nothing to whoever does not see them.
function unnamedPictures() {
  const named = (picture) =>
    picture.getAttribute("role") === "img" &&
    (picture.getAttribute("aria-labelledby") ?? "").split(" ").every((id) => document.getElementById(id)?.textContent.trim());
  return [...document.querySelectorAll("svg")].filter((picture) => !named(picture)).map((picture) => picture.outerHTML.slice(0, 80));
}

async function checkScreens(page, axe, fault) {
  for (const colorScheme of SCHEMES) {
    for (const { name, width, height, looks } of SCREENS) {
      const at = `${name}, ${colorScheme}`;
      await page.emulateMedia({ media: "screen", colorScheme });
      await page.setViewportSize({ width, height });
      const [wide, room] = await page.evaluate(widths);
      if (wide > room) fault(at, `scrolls sideways: ${wide} in ${room} pixels`);
      if (!looks) continue;
      for (const barrier of await barriers(page, axe)) fault(at, barrier);
      for (const faint of await page.evaluate(faintInPictures)) fault(at, faint);
    }
  }
  for (const picture of await page.evaluate(unnamedPictures)) fault("any screen", `a picture without a name: ${picture}`);
}

async function checkPaper(page, axe, sheets, fault) {
  // Whoever reads by night prints on white, too.
  await page.emulateMedia({ media: "screen", colorScheme: "dark" });
  const seen = await page.evaluate(textsSeen);
  await page.emulateMedia({ media: "print", colorScheme: "dark" });
  await page.setViewportSize(PRINTED);
  const [wide, room] = await page.evaluate(widths);
  if (wide > room) fault("paper", `is cut off at the side: ${wide} in ${room} pixels`);
  const printed = new Set(await page.evaluate(textsSeen));
  for (const text of seen.filter((text) => !printed.has(text))) fault("paper", `is not printed: ${text}`);
  for (const barrier of await barriers(page, axe)) fault("paper", barrier);
  for (const faint of await page.evaluate(faintInPictures)) fault("paper", faint);
  const counts = [];
  for (const format of PAPERS) {
    const pdf = await page.pdf({ format });
    const count = pdf.toString("latin1").match(/\/Type\s*\/Page\b/g)?.length ?? 0;
    counts.push(`${format}: ${count}`);
    if (count === 0 || (sheets !== null && count > sheets)) fault(format, `takes ${count} sheets, not ${sheets} at most`);
  }
  return counts.join(", ");
}

async function check(browser, axe, { name, file, sheets }) {
  const fault = (at, what) => {
    const said = `${name}: ${what}`;
    faults.set(said, [...(faults.get(said) ?? []), at]);
  };
  const page = await browser.newPage();
  const address = pathToFileURL(file).href;
  page.on("console", (message) => fault("console", message.text()));
  page.on("pageerror", (error) => fault("console", error.message));
  page.on("request", (request) => request.url() === address || fault("network", `asks for ${request.url()}`));
  page.on("requestfailed", (request) => fault("network", `failed: ${request.url()}`));
  await page.goto(address);
  await checkScreens(page, axe, fault);
  const paper = await checkPaper(page, axe, sheets, fault);
  console.log(`${name}: ${paper}`);
  await page.close();
}

const { chromium, axe } = await packages();
const executablePath = found(BROWSERS) ?? skip(`no browser on the path: looked for ${BROWSERS.join(", ")}`);
// A profile of its own, which is removed at the end, is what the library makes by itself.
const browser = await chromium.launch({ executablePath, args: ARGUMENTS });
try {
  for (const page of JSON.parse(readFileSync(process.argv[2], "utf8"))) await check(browser, axe, page);
} finally {
  await browser.close();
}
for (const [fault, places] of faults) console.error(`${fault} [${[...new Set(places)].join("; ")}]`);
process.exitCode = faults.size > 0 ? 1 : 0;
