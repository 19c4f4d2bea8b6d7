/**
 * Proof that hand-made memory ordering holds: for each a jcstress trio of a model, the shipped class, and a broken twin that shows
 * the fault the ordering prevents. A twin's fault is marked interesting, so a run of everything passes; that each twin does show it
 * is asserted by a test.
 */
package io.signalbox.stress;
