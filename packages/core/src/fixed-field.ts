/** What can be changed only while the object is open (DO §4.3). */
export type FixedField = "types" | "details" | "hidden";
