/** Declared subscriptions: what is outstanding until it is acknowledged, and when it is given again. */
package io.signalbox.kernel.subscription;
