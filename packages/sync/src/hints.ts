/**
 * What says that it may be worth trying: `now` a person or the page, `soon` the device, where many clients hear the
 * same, `doubt` the device says that the network is gone, `resume` a person who may have signed in, or mended what
 * the platform complained of. Only the last is tried before a time for which the platform asked.
 */
export type ConnectionHint = "now" | "soon" | "doubt" | "resume";
