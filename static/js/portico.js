/* What every page uses. Semicolons, so that Django finds the imports and writes hashed names. */
import "./portico-choice.js";
import "./portico-console.js";
import "./portico-copy.js";
import "./portico-menu.js";
import "./portico-tabs.js";
import "./portico-theme.js";
