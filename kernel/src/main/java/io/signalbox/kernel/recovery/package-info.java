/**
 * What happens when an operation has failed: which pattern the error follows, which strategies are tried in turn, what came of it. It
 * runs code of users, on the caller's thread or on an executor of theirs, and stands outside the machine, beside the façade.
 */
package io.signalbox.kernel.recovery;
