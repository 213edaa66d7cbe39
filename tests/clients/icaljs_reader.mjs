// A program that reads calendars with ical.js: {name: text} in, {name: [[uid, start, end, status, summary]]} out.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const { default: ICAL } = await import(pathToFileURL(join(process.argv[2], "dist", "ical.js")));
ICAL.design.strict = true;

function moment(time) {
  if (time.isDate) return time.toString();
  if (time.zone === ICAL.Timezone.localTimezone) throw new Error(`${time} has no time zone`);
  return new Date(time.toUnixTime() * 1000).toISOString().replace(".000Z", "Z");
}

function read(text) {
  const calendar = new ICAL.Component(ICAL.parse(text));
  return calendar.getAllSubcomponents("vevent").map((part) => {
    const event = new ICAL.Event(part);
    const status = part.getFirstPropertyValue("status");
    return [event.uid, moment(event.startDate), moment(event.endDate), status, event.summary];
  });
}

const asked = JSON.parse(readFileSync(0, "utf8"));
console.log(JSON.stringify(Object.fromEntries(Object.entries(asked).map(([name, text]) => [name, read(text)]))));
