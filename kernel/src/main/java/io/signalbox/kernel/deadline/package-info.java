/** What is due when. The machine's only notion of a timer: an id and a deadline, never a callback. */
package io.signalbox.kernel.deadline;
