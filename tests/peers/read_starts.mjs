// Reads a calendar from standard input with ical.js and prints, as JSON, when each event starts by its reckoning.
import { readFileSync } from "node:fs";
import ICAL from "ical.js";

const calendar = new ICAL.Component(ICAL.parse(readFileSync(0, "utf8")));
const starts = calendar.getAllSubcomponents("vevent").map((component) => {
  const event = new ICAL.Event(component);
  const start = event.startDate;
  return {
    uid: event.uid,
    summary: event.summary,
    allDay: start.isDate,
    start: start.isDate ? start.toString() : start.toUnixTime(),
  };
});
console.log(JSON.stringify(starts));
