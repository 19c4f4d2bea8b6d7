/** The wait cell: no wake-up is lost, and a woken waiter sees everything its waking command did. */
package io.signalbox.stress.wake;
