// Reads a calendar from standard input with ical.js and prints, as JSON, when each occurrence before 2029 begins and ends.
import { readFileSync } from "node:fs";
import ICAL from "ical.js";

const calendar = new ICAL.Component(ICAL.parse(readFileSync(0, "utf8")));
for (const zone of calendar.getAllSubcomponents("vtimezone")) ICAL.TimezoneService.register(zone);
const components = calendar.getAllSubcomponents("vevent");
const changed = components.filter((component) => component.hasProperty("recurrence-id"));
const last = ICAL.Time.fromData({ year: 2029, month: 1, day: 1 });
const found = [];
for (const component of components.filter((entry) => !changed.includes(entry))) {
  const event = new ICAL.Event(component, { strictExceptions: true });
  for (const other of changed) event.relateException(new ICAL.Event(other));
  const occurrences = event.iterator();
  for (let next = occurrences.next(); next && next.compare(last) < 0; next = occurrences.next()) {
    const { startDate, endDate, item } = event.getOccurrenceDetails(next);
    const status = item.component.getFirstPropertyValue("status");
    if (status !== "CANCELLED") found.push([startDate.toUnixTime(), endDate.toUnixTime()]);
  }
}
console.log(JSON.stringify(found.sort((one, other) => one[0] - other[0])));
