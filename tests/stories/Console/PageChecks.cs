namespace Tumbler.Stories.Tests.Console;

/// <summary>What a page must give everybody, computed in the browser from what it shows: names of all controls, labels that are seen,
/// contrast of all text (WCAG 2.2, 1.4.3), a focus that is seen, headings in order, ids once, nothing wider than the window.</summary>
internal static class PageChecks
{
    public const string Script =
        """
        () => {
          const faults = [];
          const top = document.querySelector("dialog[open]") ?? document.body;
          const seen = node => node.getClientRects().length > 0 && getComputedStyle(node).visibility !== "hidden";
          const tell = (node, what) => faults.push(`${what}: ${node.outerHTML.slice(0, 140)}`);

          const byIds = ids => (ids ?? "").split(/\s+/).map(id => document.getElementById(id)?.textContent ?? "").join(" ").trim();
          const name = node => byIds(node.getAttribute("aria-labelledby")) || node.getAttribute("aria-label")
            || [...node.labels ?? []].map(label => label.textContent).join(" ").trim()
            || (/^(BUTTON|A|SUMMARY)$/.test(node.tagName) ? node.textContent.trim() : "") || node.getAttribute("alt") || "";
          const controls = [...top.querySelectorAll("button, a[href], input, select, textarea, summary, [tabindex='0'], [role=img], [role=group], [role=meter], progress, dialog")].filter(seen);
          for (const node of controls) if (!name(node).trim()) tell(node, "no name");
          for (const image of top.querySelectorAll("img")) if (!image.hasAttribute("alt")) tell(image, "no alt");

          const ids = [...document.querySelectorAll("[id]")].map(node => node.id);
          for (const id of new Set(ids)) if (ids.filter(each => each === id).length > 1) faults.push(`id twice: ${id}`);
          for (const node of document.querySelectorAll("[aria-describedby], [aria-labelledby]"))
            for (const id of `${node.getAttribute("aria-describedby") ?? ""} ${node.getAttribute("aria-labelledby") ?? ""}`.split(/\s+/).filter(Boolean))
              if (!document.getElementById(id)) tell(node, `refers to nothing (${id})`);
          if (document.documentElement.lang !== "en") faults.push("no language");
          if (document.querySelectorAll("main:not([hidden])").length === 0) faults.push("no main");
          const levels = [...document.querySelectorAll("h1, h2, h3")].filter(seen).map(node => Number(node.tagName[1]));
          if (levels.filter(level => level === 1).length !== 1) faults.push(`headings of level 1: ${levels.filter(level => level === 1).length}`);

          const parse = text => {
            const numbers = (text.match(/[\d.]+/g) ?? [0, 0, 0]).map(Number);
            const [r, g, b] = text.startsWith("color(") ? numbers.slice(0, 3).map(part => part * 255) : numbers;
            return { r, g, b, a: text === "none" ? 0 : numbers[3] ?? 1 };
          };
          const over = (front, back) => ({ r: front.r * front.a + back.r * (1 - front.a), g: front.g * front.a + back.g * (1 - front.a), b: front.b * front.a + back.b * (1 - front.a), a: 1 });
          const behind = node => {
            const layers = [];
            // In a drawing it is the shape before the text.
            if (node instanceof SVGElement && node.previousElementSibling?.tagName === "rect") layers.push(parse(getComputedStyle(node.previousElementSibling).fill));
            for (let each = node; each; each = each.parentElement) layers.push(parse(getComputedStyle(each).backgroundColor));
            const canvas = matchMedia("(prefers-color-scheme: dark)").matches ? { r: 18, g: 18, b: 18, a: 1 } : { r: 255, g: 255, b: 255, a: 1 };
            return layers.reduceRight((back, front) => over(front, back), canvas);
          };
          const light = ({ r, g, b }) => [r, g, b].map(part => part / 255).map(part => part <= .04045 ? part / 12.92 : ((part + .055) / 1.055) ** 2.4)
            .reduce((sum, part, n) => sum + part * [.2126, .7152, .0722][n], 0);
          const walker = document.createTreeWalker(top, NodeFilter.SHOW_TEXT);
          while (walker.nextNode()) {
            const node = walker.currentNode.parentElement;
            if (!walker.currentNode.data.trim() || !seen(node) || node.closest(":disabled, .unseen, .skip, option")) continue;
            const style = getComputedStyle(node);
            const back = behind(node);
            const front = over(parse(node instanceof SVGElement ? style.fill : style.color), back);
            const [high, low] = [light(front), light(back)].sort((a, b) => b - a);
            const size = parseFloat(style.fontSize);
            const needed = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700) ? 3 : 4.5;
            const contrast = (high + .05) / (low + .05);
            if (contrast < needed) tell(node, `contrast ${contrast.toFixed(2)}`);
          }

          const before = document.activeElement;
          for (const node of controls.filter(node => node.tabIndex >= 0 && !node.disabled && !/^(PROGRESS|DIALOG)$/.test(node.tagName))) {
            document.activeElement?.blur();
            node.focus({ focusVisible: true, preventScroll: true });
            const ring = node instanceof SVGElement ? getComputedStyle(node.querySelector(".back")).stroke !== "none"
              : getComputedStyle(node).outlineStyle !== "none" && parseFloat(getComputedStyle(node).outlineWidth) >= 2;
            if (document.activeElement === node && !ring) tell(node, "focus is not seen");
          }
          before?.focus({ preventScroll: true });

          const wider = document.documentElement.scrollWidth - innerWidth;
          if (wider > 0) faults.push(`wider than the window by ${wider} px`);
          return faults;
        }
        """;
}
