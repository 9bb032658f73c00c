// What axe cannot see, on the page as it stands: one line for each fault.
(() => {
  const faults = [];
  const shown = (node) => node.getClientRects().length > 0 && getComputedStyle(node).visibility !== "hidden";
  const name = (node) => `${node.tagName.toLowerCase()}${node.id ? "#" + node.id : ""} ${node.name || node.textContent.trim().slice(0, 30)}`;
  const parts = (colour) => (colour.match(/[\d.]+/g) || []).map(Number);
  const light = (colour) => {
    const [red, green, blue] = parts(colour).map((part) => part / 255)
      .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const contrast = (one, other) => {
    const [low, high] = [light(one), light(other)].sort((a, b) => a - b);
    return (high + 0.05) / (low + 0.05);
  };
  const ground = (node) => {
    for (let at = node; at; at = at.parentElement) {
      const colour = getComputedStyle(at).backgroundColor;
      if (parts(colour).length === 3 || parts(colour)[3] === 1) { return colour; }
    }
    return "rgb(255, 255, 255)";
  };

  // The border of a field stands out from what is around it.
  document.querySelectorAll("input:not([type=hidden]):not([type=radio]):not([type=checkbox]):not([type=submit]):not([type=file]), textarea, select").forEach((node) => {
    if (!shown(node)) { return; }
    const ratio = contrast(getComputedStyle(node).borderBlockStartColor, ground(node.parentElement));
    if (ratio < 3) { faults.push(`border ${ratio.toFixed(2)}: ${name(node)}`); }
  });

  // A button of the portal's pages is 44 pixels high; 24 pixels or room around every target are axe's own measure.
  const targets = [...document.querySelectorAll("a[href], button, input:not([type=hidden]), select, textarea, summary")].filter(shown);
  const box = (node) => node.getBoundingClientRect();
  targets.forEach((node) => {
    const { height } = box(node);
    if (node.matches("main form button:not(.link), main a.button") && !document.body.classList.contains("change-list") && !document.getElementById("user-tools") && height < 43.5) {
      faults.push(`low ${Math.round(height)}: ${name(node)}`);
    }
  });

  // Whatever takes the focus shows it.
  const bare = (node) => { const style = getComputedStyle(node); return style.outlineStyle === "none" || parseFloat(style.outlineWidth) === 0; };
  targets.forEach((node) => {
    if (node.disabled || node.tabIndex < 0) { return; }
    node.focus({ focusVisible: true, preventScroll: true });
    if (document.activeElement === node && bare(node) && getComputedStyle(node).boxShadow === "none") { faults.push(`no ring: ${name(node)}`); }
  });
  document.activeElement.blur();

  // A group is called by its question.
  document.querySelectorAll("fieldset").forEach((node) => {
    const names = [...node.querySelectorAll("input[type=radio], input[type=checkbox]")].map((input) => input.name);
    if (names.length === new Set(names).size) { return; }
    const title = node.querySelector(":scope > legend");
    const other = document.getElementById(node.getAttribute("aria-labelledby") || "");
    if (!(title || other)?.textContent.trim()) { faults.push(`unnamed: ${name(node)}`); }
  });

  // Text spacing as WCAG 1.4.12 asks for it cuts nothing off and pushes nothing out of the window.
  const wider = new CSSStyleSheet();
  wider.replaceSync("* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important; } p { margin-block-end: 2em !important; }");
  document.adoptedStyleSheets = [wider];
  document.querySelectorAll("main *").forEach((node) => {
    const style = getComputedStyle(node);
    const cut = style.overflowX === "hidden" && node.scrollWidth > node.clientWidth + 1 || style.overflowY === "hidden" && node.scrollHeight > node.clientHeight + 1;
    if (cut && node.clientWidth > 1 && node.textContent.trim()) { faults.push(`cut off when spaced: ${name(node)}`); }
  });
  if (document.documentElement.scrollWidth > innerWidth) {
    const out = [...document.querySelectorAll("body *")].filter((node) => shown(node) && box(node).right > innerWidth);
    faults.push(`sideways when spaced: ${out.slice(0, 3).map(name).join(", ")}`);
  }
  document.adoptedStyleSheets = [];
  return faults;
})()
