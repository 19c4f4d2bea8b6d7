/** What the systems that came before did, case by case, and which test shows that ours does it. */
package io.signalbox.kernel.conformance;
