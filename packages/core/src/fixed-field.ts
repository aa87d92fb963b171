/** What can be changed only while the object is open (DO §4.3). */
export type FixedField = "types" | "details" | "hidden";

/** What somebody else may have changed of an object just before we closed it. */
export type ClosedField = FixedField | "content";
